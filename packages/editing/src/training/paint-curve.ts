import { trainingStages } from "@insightgraph/models";
import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import sharp from "sharp";
import type { Picture } from "../pictures/picture.ts";
import type { TrainingLogEntry } from "./training-log.ts";

const size = { width: 880, height: 480 };
const margin = { left: 56, right: 150, top: 24, bottom: 40 };

/** Colours that stay apart for most colour-blind readers. Source: Okabe and Ito 2008, and two greys. */
const colours = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#d55e00",
  "#56b4e9",
  "#b8a600",
  "#555555",
  "#999999",
];

interface Point {
  /** Steps since the run began, over all stages. */
  readonly at: number;
  readonly value: number;
}

interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Steps before each stage, where stages follow one another. */
function stageStarts(entries: readonly TrainingLogEntry[]): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  let before = 0;
  for (const stage of trainingStages) {
    starts.set(stage, before);
    const steps = entries.filter((entry) => entry.stage === stage).map(({ step }) => step);
    before += Math.max(0, ...steps);
  }
  return starts;
}

function curvesOf(entries: readonly TrainingLogEntry[]): readonly Curve[] {
  const starts = stageStarts(entries);
  const names = [...new Set(entries.flatMap(({ losses }) => Object.keys(losses)))];
  return names.map((name) => ({
    name,
    points: entries.flatMap(({ stage, step, losses }) => {
      const value = losses[name];
      const at = step + (starts.get(stage) ?? 0);
      return value === undefined || value <= 0 ? [] : [{ at, value }];
    }),
  }));
}

function text(x: number, y: number, words: string, anchor: string, fill = "#555"): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}" font-family="sans-serif" font-size="12">${words}</text>`;
}

function drawSvg(entries: readonly TrainingLogEntry[]): string {
  const curves = curvesOf(entries).filter(({ points }) => points.length > 0);
  const all = curves.flatMap(({ points }) => points);
  const last = Math.max(1, ...all.map(({ at }) => at));
  const values = all.map(({ value }) => value);
  const right = size.width - margin.right;
  const bottom = size.height - margin.bottom;
  const x = scaleLinear([0, last], [margin.left, right]);
  const lowest = Math.min(1, ...values);
  const y = scaleLog([lowest, Math.max(2 * lowest, ...values)], [bottom, margin.top]).nice();
  const path = line<Point>(
    ({ at }) => x(at),
    ({ value }) => y(value),
  );
  const across = y.ticks(5).map((tick) => {
    const rule = `<line x1="${margin.left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#e4e4e4"/>`;
    return rule + text(margin.left - 8, y(tick) + 4, y.tickFormat(5)(tick), "end");
  });
  const along = x.ticks(6).map((tick) => text(x(tick), bottom + 20, `${tick}`, "middle"));
  const drawn = curves.map(({ name, points }, index) => {
    const colour = colours[index % colours.length] ?? "#000";
    const label = `${name} ${(points.at(-1)?.value ?? 0).toPrecision(3)}`;
    return (
      `<path d="${path([...points])}" fill="none" stroke="${colour}" stroke-width="1.5"/>` +
      text(right + 12, margin.top + 12 + index * 20, label, "start", colour)
    );
  });
  const parts = [...across, ...along, text(right, size.height - 6, "steps", "end"), ...drawn];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>`;
}

/** A run's losses over its steps, on a logarithmic scale; the last values stand beside their names. */
export async function paintCurve(entries: readonly TrainingLogEntry[]): Promise<Picture> {
  const { data, info } = await sharp(Buffer.from(drawSvg(entries)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

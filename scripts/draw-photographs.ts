/**
 * Draws docs/pictures/photographs.webp: photographs with what the detector finds in them (yellow; dashed: the reference
 * decoder), and what the edits of `shown-edits.ts` make of them with what ships, failures included. Prints how far the two
 * decoders are apart: `draw-photographs.ts FOLDER [SHEET.webp]`. FOLDER holds the twenty photographs, from the wheels of scikit-image
 * 0.26 (skimage/data) and scikit-learn 1.9 (sklearn/datasets/images), and from Debian's source package gcompris-qt 3.1
 * (src/activities/explore_farm_animals, explore_world_animals and erase); docs/data-licences.md credits each.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import sharp, { type OverlayOptions } from "sharp";
import {
  type Detection,
  intersectionOverUnion,
} from "../packages/editing/src/architectures/detector.ts";
import { openPart } from "../packages/editing/src/architectures.ts";
import { grabCutSegmenter, removeObject } from "../packages/editing/src/photographs.ts";
import { decodePicture } from "../packages/editing/src/pictures/decode-picture.ts";
import type { Picture } from "../packages/editing/src/pictures/picture.ts";
import { runGraph } from "../packages/engine/src/execute.ts";
import { parseGraph, setParam } from "../packages/engine/src/graph.ts";
import { createRegistry } from "../packages/engine/src/node.ts";
import { createSessionPool } from "../packages/engine/src/runtime.ts";
import { nodes } from "../packages/nodes/src/index.ts";
import { type ShownEdit, shownEdits } from "./shown-edits.ts";

interface ReferenceObject {
  /** Place of the kind in the detector's list. */
  readonly kind: number;
  readonly score: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

const root = fileURLToPath(new URL("../", import.meta.url));
const tile = { width: 176, height: 132, caption: 15, columns: 3, gap: 6 } as const;
const longestSide = 1000;
const threshold = 0.35;

const pool = createSessionPool({});
const registry = createRegistry(nodes);
const graph = parseGraph(await readFile(path.join(root, "graphs/edit-photograph.json"), "utf8"));
const detector = await openPart("nanodet-coco", "detector");
const reference: Readonly<Record<string, readonly ReferenceObject[]>> = JSON.parse(
  await readFile(new URL("photograph-detections.json", import.meta.url), "utf8"),
);

async function load(file: string): Promise<Picture> {
  const bytes = await sharp(await readFile(file))
    .resize(longestSide, longestSide, { fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
  return (await decodePicture(bytes, { path: file, ground: [255, 255, 255] })).image;
}

async function editByWords(file: string, instruction: string): Promise<Picture> {
  const placed = setParam(graph, "source", "path", file);
  const values = await runGraph(
    setParam(placed, "instruction", "instruction", instruction),
    registry,
    { outputs: ["result"], open: (model) => pool.open(model), emit: () => undefined },
  );
  return values.get("result")?.["value"] as Picture;
}

async function edited(file: string, picture: Picture, { wish }: ShownEdit): Promise<Picture> {
  if (typeof wish === "string") return editByWords(file, wish);
  const [left, top, right, bottom] = wish;
  const { width, height } = picture;
  const box = {
    ...{ left: left * width, top: top * height },
    ...{ right: right * width, bottom: bottom * height },
  };
  const mask = await grabCutSegmenter.segment(pool, picture, box);
  return (await removeObject(picture, mask, { grow: 0.03, shadow: true, mostArea: 0.45 })).picture;
}

function asDetection({ kind, score, box }: ReferenceObject): Detection {
  const [left, top, right, bottom] = box;
  return { label: detector.labels?.[kind] ?? "", score, box: { left, top, right, bottom } };
}

/** How well two decoders agree: objects of one, and the other's of the same kind that overlap them most. */
function compareDetections(file: string, found: readonly Detection[]): readonly Detection[] {
  const wanted = (reference[file] ?? []).map(asDetection);
  const pairs = found.map((one) => {
    const same = wanted.filter(({ label }) => label === one.label);
    const best = same.toSorted(
      (a, b) => intersectionOverUnion(b.box, one.box) - intersectionOverUnion(a.box, one.box),
    )[0];
    return best === undefined ? 0 : intersectionOverUnion(best.box, one.box);
  });
  const matched = pairs.filter((overlap) => overlap > 0.5);
  const mean = matched.reduce((sum, overlap) => sum + overlap, 0) / matched.length;
  const agreement = matched.length === 0 ? "" : `, overlap ${mean.toFixed(3)}`;
  console.log(
    `${file}: ${found.length} objects, reference ${wanted.length}, same ${matched.length}${agreement}`,
  );
  return wanted;
}

function boxLines(objects: readonly Detection[], stroke: string): string {
  const line = ({ box: { left, top, right, bottom } }: Detection): string =>
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" ${stroke}/>`;
  return objects.map(line).join("");
}

async function withBoxes(picture: Picture, file: string): Promise<Buffer> {
  const found = await detector.detect(pool, picture, { threshold });
  const wanted = compareDetections(file, found);
  const { data, width, height } = picture;
  const stroke = (colour: string, share: number): string =>
    `fill="none" stroke="${colour}" stroke-width="${Math.ceil(share * width)}"`;
  const lines =
    boxLines(found, stroke("yellow", 0.008)) +
    boxLines(wanted, `${stroke("black", 0.005)} stroke-dasharray="${0.03 * width}"`);
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${lines}</svg>`;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(drawing) }])
    .png()
    .toBuffer();
}

const shrunk = (picture: Buffer): Promise<Buffer> =>
  sharp(picture)
    .resize({ width: tile.width, height: tile.height, fit: "contain", background: "white" })
    .png()
    .toBuffer();

const encoded = ({ data, width, height }: Picture): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();

function textTile(text: string, width: number, height: number): Buffer {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const lines = safe.match(/.{1,30}(?:\s|$)/g) ?? [safe];
  const shown = height > tile.caption ? lines : [safe];
  const spans = shown.map((line, at) => `<text x="3" y="${11 + 13 * at}">${line}</text>`).join("");
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="10.5">${spans}</svg>`,
  );
}

async function drawEdit(folder: string, shown: ShownEdit, at: number): Promise<OverlayOptions[]> {
  const left = (at % tile.columns) * (2 * tile.width + tile.gap);
  const top = Math.floor(at / tile.columns) * (tile.height + tile.caption);
  const file = path.join(folder, shown.file);
  const picture = await load(file);
  const after = await edited(file, picture, shown).catch((thrown: unknown) => String(thrown));
  const verdict =
    typeof after === "string" ? "refused" : shown.isAccepted ? "accepted" : "not acceptable";
  const wish = typeof shown.wish === "string" ? shown.wish : "remove what a box holds";
  console.log(`${at + 1}. ${shown.file}, ${wish}: ${verdict}`);
  if (typeof after === "string") console.log(`  ${after}`);
  const result =
    typeof after === "string"
      ? textTile(after.replace(/^\w+: \S+ at \S+ | Hint: .*/g, ""), tile.width, tile.height)
      : await shrunk(await encoded(after));
  return [
    { input: textTile(`${wish}: ${verdict}`, 2 * tile.width, tile.caption), left, top },
    { input: await shrunk(await withBoxes(picture, shown.file)), left, top: top + tile.caption },
    { input: result, left: left + tile.width, top: top + tile.caption },
  ];
}

const [, , folder, sheet = path.join(root, "docs/pictures/photographs.webp")] = argv;
if (folder === undefined) throw new Error("usage: draw-photographs.ts FOLDER [SHEET.webp]");
const parts: OverlayOptions[] = [];
for (const [at, shown] of shownEdits.entries()) {
  parts.push(...(await drawEdit(path.resolve(folder), shown, at)));
}
const size = {
  width: tile.columns * (2 * tile.width + tile.gap) - tile.gap,
  height: Math.ceil(shownEdits.length / tile.columns) * (tile.height + tile.caption),
};
await sharp({ create: { ...size, channels: 3, background: "white" } })
  .composite(parts)
  .webp({ quality: 50, effort: 6 })
  .toFile(sheet);
await pool.close();

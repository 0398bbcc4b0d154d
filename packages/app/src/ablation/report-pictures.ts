import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { AblationReport, ItemRow } from "./ablation-report.ts";

/** An item as the page shows it: for each variant the pictures by name, as data addresses. */
export interface ShownItem {
  readonly key: string;
  readonly pictures: readonly Readonly<Record<string, string>>[];
}

/** Side of the pictures in the page, in pixels. */
const side = 192;

/** Undefined where the file is gone. */
export async function thumbnail(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const small = sharp(bytes).resize(side, side, { fit: "inside", withoutEnlargement: true });
  const webp = await small.webp({ quality: 85 }).toBuffer();
  return `data:image/webp;base64,${webp.toString("base64")}`;
}

/** How far the variants of an item are apart, in spreads of the metric over all items. */
function spreadOf({ outcomes }: ItemRow, scales: Readonly<Record<string, number>>): number {
  return Math.max(
    0,
    ...Object.entries(scales).map(([metric, scale]) => {
      const scores = outcomes.flatMap(({ result }) => {
        const score = result?.scores[metric] ?? Number.NaN;
        return Number.isNaN(score) ? [] : [score];
      });
      return scores.length < 2 ? 0 : (Math.max(...scores) - Math.min(...scores)) / scale;
    }),
  );
}

/** Range of each metric over all items and variants. */
function scalesOf({ metrics, items }: AblationReport): Readonly<Record<string, number>> {
  const scales = metrics.map((metric) => {
    const scores = items
      .flatMap(({ outcomes }) => outcomes.map(({ result }) => result?.scores[metric] ?? Number.NaN))
      .filter((score) => !Number.isNaN(score));
    return [metric, Math.max(...scores) - Math.min(...scores) || 1] as const;
  });
  return Object.fromEntries(scales);
}

/** Pictures of the items whose variants are furthest apart. @param most How many items. */
export async function pictureItems(
  report: AblationReport,
  folder: string,
  most: number,
): Promise<readonly ShownItem[]> {
  const scales = scalesOf(report);
  const furthest = report.items
    .toSorted((a, b) => spreadOf(b, scales) - spreadOf(a, scales))
    .slice(0, most);
  return Promise.all(
    furthest.map(async ({ key, outcomes }) => ({
      key,
      pictures: await Promise.all(
        outcomes.map(async ({ result }) => {
          const files = Object.entries(result?.pictures ?? {});
          const shown = await Promise.all(
            files.map(async ([name, file]) => {
              const picture = await thumbnail(path.join(folder, file));
              return picture === undefined ? [] : [[name, picture] as const];
            }),
          );
          return Object.fromEntries(shown.flat());
        }),
      ),
    })),
  );
}

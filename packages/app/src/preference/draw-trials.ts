import path from "node:path";
import { uniformFrom } from "@insightgraph/models";
import { thumbnail } from "../ablation/report-pictures.ts";
import { fileNameOf } from "../output-writers.ts";
import { usageError } from "../parse-arguments.ts";
import type { Trial } from "./vote-page.ts";

/** What is voted on. */
export interface TrialOptions {
  /** Of an ablation. */
  readonly folder: string;
  readonly variants: readonly string[];
  readonly items: readonly string[];
  /** The named output to vote on. */
  readonly picture: string;
  /** Named outputs that show what was asked. */
  readonly context: readonly string[];
  readonly count: number;
  readonly seed: number;
}

/** Pairs of variants' pictures, in an order and on sides that the seed draws. Throws: `command.usage` where there are no pictures. */
export async function drawTrials(options: TrialOptions): Promise<readonly Trial[]> {
  const { folder, variants, items, picture, context, count, seed } = options;
  const uniform = uniformFrom(seed);
  const pairs = items.flatMap((item) =>
    variants.flatMap((left, at) => variants.slice(at + 1).map((right) => ({ item, left, right }))),
  );
  const drawn = pairs
    .map((pair) => ({ ...pair, place: uniform(), isTurned: uniform() < 0.5 }))
    .sort((a, b) => a.place - b.place);
  const shown = (item: string, variant: string, name: string): Promise<string | undefined> => {
    const place = [fileNameOf(item), fileNameOf(variant), `${fileNameOf(name)}.png`];
    return thumbnail(path.join(folder, "pictures", ...place));
  };
  const trials: Trial[] = [];
  for (const { item, left, right, isTurned } of drawn) {
    if (trials.length >= count) break;
    const [first, second] = isTurned ? [right, left] : [left, right];
    const [a, b] = [await shown(item, first, picture), await shown(item, second, picture)];
    if (a === undefined || b === undefined) continue;
    const around: Record<string, string> = {};
    for (const name of context) {
      const found = await shown(item, first, name);
      if (found !== undefined) around[name] = found;
    }
    const sides = { left: { name: first, picture: a }, right: { name: second, picture: b } };
    trials.push({ item, ...sides, context: around });
  }
  if (trials.length > 0) return trials;
  throw usageError(
    `no two variants in ${folder} have a picture "${picture}"`,
    "Name another output with --picture.",
  );
}

import path from "node:path";
import { unreadable } from "../datasets/faults.ts";
import { cutToMask } from "../metrics/cut-to-mask.ts";
import { measurePerceptually } from "../metrics/perceptual-distance.ts";
import { psnr } from "../metrics/psnr.ts";
import { ssim } from "../metrics/ssim.ts";
import { decodeRunLength, parseRunLength } from "../pictures/run-length.ts";
import type { Benchmark, BenchmarkItem, ScoredEdit } from "./benchmark.ts";
import {
  isThere,
  namesIn,
  readBenchmarkFile,
  readJsonObject,
  withFiles,
} from "./benchmark-files.ts";
import { groupRows, meanRow } from "./group-means.ts";
import { clipScore, holesOf } from "./region-scores.ts";
import { reportJson } from "./result-text.ts";
import type { Scorers } from "./scorers.ts";

interface Placed extends BenchmarkItem {
  readonly files: readonly string[];
}

type Pair = Readonly<Record<string, unknown>>;

/** The instructions of a pair, by kind: those of recaptioning, or else the plain one. */
function instructionsOf(pair: Pair): readonly (readonly [kind: string, instruction: string])[] {
  const told = [
    ["understanding", pair["reasoning_instruction1"]],
    ["reasoning", pair["reasoning_instruction2"]],
  ] as const;
  const kept = told.filter(([, text]) => typeof text === "string" && text !== "");
  if (kept.length > 0) return kept.map(([kind, text]) => [kind, String(text)]);
  const plain = pair["instruction"];
  return [["simple", String(Array.isArray(plain) ? plain[0] : plain)]];
}

/** What the edited region should show; a removal has nothing to show. */
function captionOf(pair: Pair): string {
  if (pair["task_type"] === "remove") return "";
  return String(
    pair["detailed_caption_target"] ?? pair["detailed_caption"] ?? pair["class_target"] ?? "",
  );
}

/** Where a picture lies: as its path says from the folder, or by its name alone. */
async function placeOf(folder: string, given: unknown): Promise<string> {
  const told = path.resolve(folder, String(given));
  const bare = path.join(folder, path.basename(String(given)));
  return !(await isThere(told)) && (await isThere(bare)) ? bare : told;
}

async function itemsOf(folder: string, name: string): Promise<readonly Placed[]> {
  const stem = name.replace(/\.json$/, "");
  const pairs = Object.entries(await readJsonObject(path.join(folder, name)));
  const items: Placed[] = [];
  for (const [number, pair] of pairs) {
    if (typeof pair !== "object" || pair === null || !("origin_img_path" in pair)) continue;
    const source = await placeOf(folder, pair["origin_img_path"]);
    const target = await placeOf(folder, pair["target_img_path"]);
    for (const [kind, instruction] of instructionsOf(pair)) {
      items.push({
        key: `${stem}/${number}/${kind}`,
        group: kind,
        instruction,
        caption: captionOf(pair),
        sourceCaption: String(pair["img_caption"] ?? ""),
        output: `${kind}/${stem}_${number}.png`,
        facts: {},
        files: [source, target],
        load: async () => ({
          source: await readBenchmarkFile(source),
          target: await readBenchmarkFile(target),
          mask: decodeRunLength(parseRunLength(pair["segmentation"])),
        }),
      });
    }
  }
  return items;
}

async function score({ item, source, result, target, mask }: ScoredEdit, scorers: Scorers) {
  const { judge, lpips, opener } = scorers;
  const reference = target ?? source;
  const region = mask && ({ mask, side: "outside" } as const);
  const shown = mask && cutToMask(result, mask);
  const { instruction } = item;
  const judged = await judge?.vieScore({ source, result, instruction });
  const compared = { picture: result, reference, region };
  const scores = {
    PSNR: psnr.measure(result, reference, region),
    SSIM: ssim.measure(result, reference, region),
    LPIPS: lpips === undefined ? Number.NaN : await measurePerceptually(opener, lpips, compared),
    CLIPScore: shown === undefined ? Number.NaN : await clipScore(shown, item.caption, scorers),
    VIEScore: judged === undefined ? Number.NaN : Math.sqrt(judged.semantics * judged.quality) / 10,
  };
  const isSilent = item.caption === "";
  const needs = {
    ...(lpips === undefined ? { LPIPS: "lpips" as const } : {}),
    ...(isSilent ? {} : { CLIPScore: "clip" as const }),
    VIEScore: "judge" as const,
  };
  const silent = isSilent ? ["CLIPScore is left out where something is removed."] : [];
  return { scores, holes: [...holesOf(scores, scorers, needs), ...silent] };
}

const background = "outside the mask, against the target";

/** Source: InsightEdit (arXiv:2411.17323); layout of its data pipeline's files. */
export const advancedEdit: Benchmark = {
  name: "advancededit-eval",
  source: "InsightEdit (arXiv:2411.17323)",
  clip: "clip-vit-large-patch14",
  columns: [
    { name: "PSNR", direction: "higher", scale: `dB, ${background}` },
    { name: "SSIM", direction: "higher", scale: background },
    { name: "LPIPS", direction: "lower", scale: `${background}, black inside` },
    {
      name: "CLIPScore",
      direction: "higher",
      scale: "0 to 100, the mask's box against the target's words",
    },
    { name: "VIEScore", direction: "higher", scale: "0 to 1: the root of SC times PQ, of 10" },
  ],
  async open(folder) {
    const names = (await namesIn(folder)).filter((name) => name.endsWith(".json"));
    const items = (await Promise.all(names.map((name) => itemsOf(folder, name)))).flat();
    if (items.length === 0)
      throw unreadable(folder, "holds no pairs of AdvancedEdit in JSON files");
    return withFiles(folder, items, ({ files }) => files);
  },
  score,
  aggregate: (items) => [...groupRows(items), meanRow("Overall", items)],
  files(items) {
    const entries = items.map(({ item, scores }) => [item.key, scores]);
    return new Map([["scores.json", reportJson(Object.fromEntries(entries))]]);
  },
};

import path from "node:path";
import type { Mask } from "../pictures/picture.ts";
import { resizePicture } from "../pictures/planes.ts";
import type { Benchmark, BenchmarkItem, ScoredEdit } from "./benchmark.ts";
import { readBenchmarkFile, readJsonObject, withFiles } from "./benchmark-files.ts";
import { groupRows, meanRow } from "./group-means.ts";
import { backgroundScores, clipScore, holesOf, timesMask } from "./region-scores.ts";
import { csvOf, pythonNumber } from "./result-text.ts";
import type { Scorers } from "./scorers.ts";

const side = 512;

/** Names of the types of edits, by `editing_type_id`. */
const types = [
  ...["random", "change object", "add object", "delete object", "change attribute content"],
  ...["change attribute pose", "change attribute color", "change attribute material"],
  ...["change background", "change style"],
];

/** A mask from starts and lengths in rows of 512 x 512; its border always counts as edited. */
export function decodePieMask(runs: readonly number[]): Mask {
  const data = new Uint8Array(side * side);
  for (let at = 0; at + 1 < runs.length; at += 2) {
    const start = runs[at] ?? 0;
    data.fill(255, start, start + (runs[at + 1] ?? 0));
  }
  for (let at = 0; at < side; at++) {
    for (const edge of [at, side * (side - 1) + at, at * side, at * side + side - 1]) {
      data[edge] = 255;
    }
  }
  return { width: side, height: side, data };
}

const names = [
  ...["structure_distance", "psnr_unedit_part", "lpips_unedit_part", "mse_unedit_part"],
  ...["ssim_unedit_part", "clip_similarity_source_image", "clip_similarity_target_image"],
  "clip_similarity_target_image_edit_part",
] as const;

const needs = {
  lpips_unedit_part: "lpips",
  clip_similarity_source_image: "clip",
  clip_similarity_target_image: "clip",
  clip_similarity_target_image_edit_part: "clip",
} as const;

const withoutBrackets = (text: unknown): string => String(text ?? "").replace(/[[\]]/g, "");

interface Placed extends BenchmarkItem {
  readonly file: string;
}

async function itemsOf(folder: string): Promise<readonly Placed[]> {
  const edits = Object.entries(await readJsonObject(path.join(folder, "mapping_file.json")));
  return edits.map(([key, edit]) => {
    const place = String(edit["image_path"]);
    const file = path.join(folder, "annotation_images", place);
    const runs = Array.isArray(edit["mask"]) ? edit["mask"].map(Number) : [];
    const type = Number(edit["editing_type_id"]);
    return {
      key,
      group: `${type} ${types[type] ?? ""}`.trim(),
      instruction: String(edit["editing_instruction"] ?? ""),
      caption: withoutBrackets(edit["editing_prompt"]),
      sourceCaption: withoutBrackets(edit["original_prompt"]),
      output: `annotation_images/${place}`,
      facts: {},
      file,
      load: async () => ({ source: await readBenchmarkFile(file), mask: decodePieMask(runs) }),
    };
  });
}

async function score({ item, source, result, mask }: ScoredEdit, scorers: Scorers) {
  const [before, after] = [resizePicture(source, side, side), resizePicture(result, side, side)];
  const region = mask as Mask;
  const isWhole = !region.data.includes(0);
  const outside = isWhole
    ? { psnr: Number.NaN, ssim: Number.NaN, mse: Number.NaN, lpips: Number.NaN }
    : await backgroundScores(
        timesMask(before, region, "outside"),
        timesMask(after, region, "outside"),
        scorers,
      );
  const inside = timesMask(after, region, "inside");
  const scores = {
    structure_distance: Number.NaN,
    psnr_unedit_part: outside.psnr,
    lpips_unedit_part: outside.lpips,
    mse_unedit_part: outside.mse,
    ssim_unedit_part: outside.ssim,
    clip_similarity_source_image: await clipScore(before, item.sourceCaption, scorers),
    clip_similarity_target_image: await clipScore(after, item.caption, scorers),
    clip_similarity_target_image_edit_part: await clipScore(inside, item.caption, scorers),
  };
  const holes = [
    ...holesOf(scores, scorers, isWhole ? {} : needs),
    ...(isWhole ? [`${item.key}: its mask leaves no background.`] : []),
    "structure_distance needs the keys of a layer inside DINO ViT-B/8, which are not read out here.",
  ];
  return { scores, holes };
}

const background = "outside the mask, 512 x 512, black inside";

/** Source: PnP Inversion (arXiv:2310.01506), evaluation/evaluate.py of its repository. */
export const pieBench: Benchmark = {
  name: "pie-bench",
  source: "PnP Inversion (arXiv:2310.01506)",
  clip: "clip-vit-large-patch14",
  columns: names.map((name) => {
    const isLower = /^(structure|lpips|mse)/.test(name);
    const scale = name.startsWith("clip") ? "CLIPScore, 0 to 100" : background;
    return { name, direction: isLower ? "lower" : "higher", scale };
  }),
  open: async (folder) => withFiles(folder, await itemsOf(folder), ({ file }) => [file]),
  score,
  aggregate: (items) => [...groupRows(items), meanRow("Overall", items)],
  files(items, { model }) {
    const head = ["file_id", ...names.map((name) => `${model}|${name}`)];
    const rows = items.map(({ item, scores }) => [
      item.key,
      ...names.map((name) => pythonNumber(scores[name])),
    ]);
    return new Map([["evaluation_result.csv", csvOf([head, ...rows])]]);
  },
};

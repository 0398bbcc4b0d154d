import { stat } from "node:fs/promises";
import path from "node:path";
import { unreadable } from "../datasets/faults.ts";
import { cut } from "../pictures/canvas.ts";
import { boxOfMask } from "../pictures/mask-box.ts";
import type { Mask } from "../pictures/picture.ts";
import { resizePicture } from "../pictures/planes.ts";
import type { Benchmark, BenchmarkItem, ItemScores, ScoredEdit } from "./benchmark.ts";
import { namesIn, readBenchmarkFile, readMask, withFiles } from "./benchmark-files.ts";
import { groupRows, meanRow } from "./group-means.ts";
import { backgroundScores, clipScore, holesOf, timesMask } from "./region-scores.ts";
import { csvOf, pythonNumber } from "./result-text.ts";

/** A scenario: how its folder's name ends, its file of texts, and where SmartEdit's script looks for results. */
interface Scenario {
  readonly ending: RegExp;
  readonly texts: string;
  readonly results: string;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  "Left-Right": {
    ending: /1-Left-Right$/,
    texts: "Left_Right_text.txt",
    results: "Understanding/LeftRight_metrics_1",
  },
  "Relative-Size": {
    ending: /2-Relative-Size$/,
    texts: "Size_text.txt",
    results: "Understanding/RelativeSize_metrics_2",
  },
  Mirror: {
    ending: /3-Mirror$/,
    texts: "Mirror_text.txt",
    results: "Understanding/Mirror_metrics_3",
  },
  Color: { ending: /4-Color$/, texts: "Color_text.txt", results: "Understanding/Color_metrics_4" },
  "Multiple-Objects": {
    ending: /5-Multiple-Objects$/,
    texts: "MultipleObjects_text.txt",
    results: "Understanding/MultipleObjects_metrics_5",
  },
  Reasoning: {
    ending: /(6-Reasoning|Reasoning-231115)$/,
    texts: "Reason_test.txt",
    results: "Reasoning/Reasoning_metrics_1",
  },
};

/** Side of the pictures that are compared. */
const side = 256;

/** `instruction CLIP: target text` as its halves. */
function halvesOf(line: string): readonly [instruction: string, caption: string] {
  const [instruction = "", caption = ""] = line.split("CLIP: ");
  return [instruction.trimEnd(), caption.trim()];
}

interface Placed extends BenchmarkItem {
  readonly files: readonly string[];
}

/** Items of one scenario: pictures and lines in step, each picture with its mask. */
async function itemsIn(folder: string, group: string, scenario: Scenario): Promise<Placed[]> {
  const names = await namesIn(folder);
  const pictures = names.filter((name) => name.endsWith(".png"));
  const text = new TextDecoder().decode(await readBenchmarkFile(path.join(folder, scenario.texts)));
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return pictures.map((name, at) => {
    const source = path.join(folder, name);
    const mask = path.join(folder, name.replace(/\.png$/, "_mask.jpg"));
    const [instruction, caption] = halvesOf(lines[at] ?? "");
    return {
      key: `${group}/${name}`,
      group,
      instruction,
      caption,
      sourceCaption: "",
      output: `${scenario.results}/${name}`,
      facts: {},
      files: [source, mask],
      load: async () => ({ source: await readBenchmarkFile(source), mask: await readMask(mask) }),
    };
  });
}

/** The nearest pixels of a mask, as Pillow takes them. */
function nearest(mask: Mask): Mask {
  const data = Uint8Array.from({ length: side * side }, (_, at) => {
    const x = Math.floor((((at % side) + 0.5) * mask.width) / side);
    const y = Math.floor(((Math.floor(at / side) + 0.5) * mask.height) / side);
    return mask.data[y * mask.width + x] ?? 0;
  });
  return { width: side, height: side, data };
}

const needs = { LPIPS: "lpips", CLIPScore: "clip" } as const;

async function score(
  { item, source, result, mask }: ScoredEdit,
  scorers: Parameters<Benchmark["score"]>[1],
) {
  const [before, after] = [resizePicture(source, side, side), resizePicture(result, side, side)];
  const region = nearest(mask as Mask);
  const { psnr, ssim, mse, lpips } = await backgroundScores(
    timesMask(before, region, "outside"),
    timesMask(after, region, "outside"),
    scorers,
  );
  // SmartEdit's script leaves out the box's last row and column, and counts every pixel above 0.
  const box = boxOfMask({ ...region, data: region.data.map((value) => (value > 0 ? 255 : 0)) });
  const size = box && { width: box.right - box.left - 1, height: box.bottom - box.top - 1 };
  const shown =
    size && size.width > 0 && size.height > 0
      ? await clipScore(
          cut(after, { left: box.left, top: box.top, ...size }),
          item.caption,
          scorers,
        )
      : Number.NaN;
  const scores = { PSNR: psnr, SSIM: ssim, LPIPS: lpips, MSE: mse, CLIPScore: shown };
  return { scores, holes: holesOf(scores, scorers, needs) };
}

const outside = "outside the mask, pictures of 256 x 256, black inside";

/** Source: SmartEdit (arXiv:2312.06739), test/metrics_evaluation.py of its repository. */
export const reasonEdit: Benchmark = {
  name: "reason-edit",
  source: "SmartEdit (arXiv:2312.06739)",
  clip: "clip-vit-large-patch14",
  columns: [
    { name: "PSNR", direction: "higher", scale: `dB, ${outside}` },
    { name: "SSIM", direction: "higher", scale: outside },
    { name: "LPIPS", direction: "lower", scale: `SqueezeNet, ${outside}` },
    { name: "MSE", direction: "lower", scale: `values from 0 to 1, ${outside}` },
    {
      name: "CLIPScore",
      direction: "higher",
      scale: "0 to 100, the mask's box against the target text",
    },
  ],
  async open(folder) {
    const names = await namesIn(folder);
    const placed: Placed[] = [];
    const missing: string[] = [];
    for (const [group, scenario] of Object.entries(scenarios)) {
      const name = names.find((one) => scenario.ending.test(one));
      if (name === undefined) missing.push(`${group}: its folder is missing.`);
      else placed.push(...(await itemsIn(path.join(folder, name), group, scenario)));
    }
    if (placed.length === 0) {
      await stat(folder).catch((cause: unknown) => {
        throw unreadable(folder, "is not there", cause);
      });
      throw unreadable(folder, "holds no scenario of Reason-Edit, such as 1-Left-Right");
    }
    const found = await withFiles(folder, placed, ({ files }) => files);
    return { items: found.items, missing: [...missing, ...found.missing] };
  },
  score,
  aggregate(items) {
    const isReasoning = ({ item }: ItemScores): boolean => item.group === "Reasoning";
    const understanding = items.filter((one) => !isReasoning(one));
    const rows = groupRows(understanding);
    return [
      ...rows,
      ...(understanding.length > 0 ? [meanRow("Understanding", understanding)] : []),
      ...groupRows(items.filter(isReasoning)),
    ];
  },
  files(items) {
    const names = ["PSNR", "SSIM", "LPIPS", "MSE", "CLIPScore"];
    const rows = items.map(({ item, scores }) => [
      item.key,
      ...names.map((name) => pythonNumber(scores[name])),
    ]);
    return new Map([["scores.csv", csvOf([["key", ...names], ...rows])]]);
  },
};

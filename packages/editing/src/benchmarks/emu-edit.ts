import { measureDirection } from "../metrics/text-similarity.ts";
import type { Benchmark, ScoredEdit } from "./benchmark.ts";
import { pictureIn, readRecords, textOf } from "./dataset-items.ts";
import { groupRows, meanRow } from "./group-means.ts";
import { holesOf } from "./region-scores.ts";
import type { Scorers } from "./scorers.ts";
import { similarityColumns, similarityNeeds, similarityScores } from "./similarity-scores.ts";

async function score({ item, source, result }: ScoredEdit, scorers: Scorers) {
  const { clip, opener } = scorers;
  const { caption: after, sourceCaption: before } = item;
  const isTold = clip !== undefined && before !== "" && after !== "";
  const captioned = { source, edited: result, before, after };
  const scores = {
    ...(await similarityScores(result, source, after, scorers)),
    "CLIP direction": isTold ? await measureDirection(opener, clip, captioned) : Number.NaN,
  };
  const needs = { ...similarityNeeds, "CLIP direction": "clip" } as const;
  return { scores, holes: holesOf(scores, scorers, needs) };
}

/** Source: Emu Edit (arXiv:2311.10089), its test set on the hub; it has no script of its own. */
export const emuEdit: Benchmark = {
  name: "emu-edit",
  source: "Emu Edit (arXiv:2311.10089)",
  clip: "clip-vit-base-patch32",
  columns: [
    ...similarityColumns("the picture before the edit"),
    {
      name: "CLIP direction",
      direction: "higher",
      scale: "cosine of the changes of picture and caption",
    },
  ],
  async open(folder) {
    const { records, missing } = await readRecords(folder);
    const items = records.map((record) => {
      const { fields } = record;
      const key = textOf(fields, "idx") || textOf(fields, "hash");
      return {
        key,
        group: textOf(fields, "task"),
        instruction: textOf(fields, "instruction"),
        output: `${key}.png`,
        caption: textOf(fields, "output_caption"),
        sourceCaption: textOf(fields, "input_caption"),
        facts: {},
        load: async () => ({ source: await pictureIn(record, "image") }),
      };
    });
    return { items, missing };
  },
  score,
  aggregate: (items) => [...groupRows(items), meanRow("Overall", items)],
  files(items) {
    const lines = items.map(({ item, scores }) => {
      const told = Object.entries(scores).map(([name, value]) => [
        name,
        Number.isNaN(value) ? null : value,
      ]);
      const { key: idx, group: task, output: file_name, instruction } = item;
      return `${JSON.stringify({ file_name, idx, task, instruction, ...Object.fromEntries(told) })}\n`;
    });
    return new Map([["metadata.jsonl", lines.join("")]]);
  },
};

import { vieScoreFacts } from "../metrics/judged-facts.ts";
import type { Benchmark, BenchmarkItem, BenchmarkRow, ItemScores } from "./benchmark.ts";
import { type KnownRecord, pictureIn, readRecords, textOf } from "./dataset-items.ts";
import { byGroup, groupRows, meanOfRows, noScores } from "./group-means.ts";
import { csvOf } from "./result-text.ts";

const names = ["semantics", "quality", "overall"] as const;
const { direction, scale } = vieScoreFacts;

function itemOf(record: KnownRecord): BenchmarkItem {
  const { fields } = record;
  const [key, group, language] = [
    textOf(fields, "key"),
    textOf(fields, "task_type"),
    textOf(fields, "instruction_language"),
  ];
  const place = `fullset/${group}/${language}/${key}`;
  return {
    key,
    group,
    instruction: textOf(fields, "instruction"),
    output: `${place}.png`,
    sourceCopy: `${place}_SRCIMG.png`,
    caption: "",
    sourceCaption: "",
    facts: { language, intersection: fields["Intersection_exist"] === true },
    load: async () => ({ source: await pictureIn(record, "input_image") }),
  };
}

/** Group means and their unweighted mean, over all items and over those whose instruction is in both languages. */
function tableOf(items: readonly ItemScores[], suffix: string): readonly BenchmarkRow[] {
  const rows = groupRows(items).map((row) => ({ ...row, group: `${row.group}${suffix}` }));
  return rows.length === 0 ? [] : [...rows, meanOfRows(`Average${suffix}`, rows)];
}

/** A row of a group's file; items without a score are left out, as the script's own failures are. */
function csvRow({ item, scores }: ItemScores): readonly string[] {
  return [
    item.sourceCopy ?? "",
    item.output,
    item.instruction,
    String(scores["semantics"]),
    String(scores["quality"]),
    item.facts["intersection"] === true ? "True" : "False",
    String(item.facts["language"]),
  ];
}

const head = [
  ...["source_image", "edited_image", "instruction", "sementics_score", "quality_score"],
  ...["intersection_exist", "instruction_language"],
];

/** Source: Step1X-Edit (arXiv:2504.17761), GEdit-Bench in its repository. */
export const gedit: Benchmark = {
  name: "gedit",
  source: "Step1X-Edit (arXiv:2504.17761)",
  columns: names.map((name) => ({ name, direction, scale })),
  async open(folder, { language }) {
    const { records, missing } = await readRecords(folder);
    const items = records.map(itemOf).filter(({ facts }) => facts["language"] === language);
    return { items, missing };
  },
  async score({ item, source, result }, { judge, missing }) {
    if (judge === undefined) return { scores: noScores(names), holes: [missing.judge ?? ""] };
    const { instruction } = item;
    const { semantics, quality } = await judge.vieScore({ source, result, instruction });
    return { scores: { semantics, quality, overall: Math.sqrt(semantics * quality) }, holes: [] };
  },
  aggregate(items) {
    const both = items.filter(({ item }) => item.facts["intersection"] === true);
    return [...tableOf(items, ""), ...tableOf(both, " (intersection)")];
  },
  files(items, { model, judge }) {
    const scored = items.filter(({ scores }) => !Number.isNaN(scores["overall"]));
    if (scored.length === 0) return new Map();
    const folder = `${judge}/eval_results_new/${model}`;
    const files = [...byGroup(scored)].map(([group, own]) => {
      return [`${folder}_${group}_gpt_score.csv`, csvOf([head, ...own.map(csvRow)])] as const;
    });
    const all = csvOf([head, ...scored.map(csvRow)]);
    return new Map([...files, [`${folder}_combined_gpt_score.csv`, all]]);
  },
};

import path from "node:path";
import type { Benchmark, BenchmarkItem, ItemScores, ScoredEdit } from "./benchmark.ts";
import { isThere, readBenchmarkFile, readJsonObject, withFiles } from "./benchmark-files.ts";
import { groupRows, meanRow, noScores, twoDecimals } from "./group-means.ts";
import { rateAsImgEdit } from "./imgedit-rating.ts";
import type { Rating, Scorers } from "./scorers.ts";

/** Where the original pictures may lie: beside the list of edits, or as the benchmark's archive unpacks. */
const roots = ["", "original_images", "singleturn", "Benchmark/singleturn", "Benchmark/hard"];

/** The first root under which a picture lies. */
async function placeOf(folder: string, id: string): Promise<string> {
  for (const root of roots) {
    const file = path.join(folder, root, id);
    if (await isThere(file)) return file;
  }
  return path.join(folder, id);
}

interface Placed extends BenchmarkItem {
  readonly file: string;
}

/** Items of `basic_edit.json` or `UGE_edit.json`. */
async function itemsOf(folder: string, list: string): Promise<readonly Placed[]> {
  const edits = Object.entries(await readJsonObject(path.join(folder, list)));
  return Promise.all(
    edits.map(async ([key, { id, prompt, edit_type: group = "all" }]) => {
      const file = await placeOf(folder, String(id));
      return {
        key,
        group: String(group),
        instruction: String(prompt),
        output: `${key}.png`,
        caption: "",
        sourceCaption: "",
        facts: {},
        file,
        load: async () => ({ source: await readBenchmarkFile(file) }),
      };
    }),
  );
}

/** A rating as the lines that the benchmark's scripts read. */
function linesOf({ reasoning, scores }: Rating): string {
  const plain = reasoning.replace(/\s+/g, " ").replaceAll(": ", " - ");
  return [
    `Brief reasoning: ${plain}`,
    ...scores.map(({ name, score }) => `${name}: ${score}`),
  ].join("\n");
}

async function scoreBy(
  { item, source, result }: ScoredEdit,
  { judge, missing }: Scorers,
  { question, count }: { readonly question: string; readonly count: number },
): Promise<Omit<ItemScores, "item">> {
  if (judge === undefined) return { scores: noScores(["score"]), holes: [missing.judge ?? ""] };
  const edit = { source, result, instruction: item.instruction };
  const rating = await rateAsImgEdit(judge, edit, question, count);
  return { scores: { score: rating.score }, answer: linesOf(rating), holes: [] };
}

function answersOf(items: readonly ItemScores[]): string {
  const answers = items.flatMap(({ item, answer }) =>
    answer === undefined ? [] : [[item.key, answer]],
  );
  return JSON.stringify(Object.fromEntries(answers), undefined, 4);
}

const column = {
  name: "score",
  direction: "higher",
  scale: "1 to 5, the mean of three scores; the second and third are at most the first",
} as const;

/** Source: ImgEdit (arXiv:2505.20275), Benchmark/Basic of its repository. */
export const imgEditBasic: Benchmark = {
  name: "imgedit-basic",
  source: "ImgEdit (arXiv:2505.20275)",
  columns: [column],
  async open(folder) {
    const questions = await readJsonObject(path.join(folder, "prompts.json"));
    const items = (await itemsOf(folder, "basic_edit.json")).map((item) => {
      const question = questions[item.group];
      return { ...item, facts: { question: typeof question === "string" ? question : "" } };
    });
    const found = await withFiles(folder, items, ({ file }) => [file]);
    const asked = found.items.filter(({ facts }) => facts.question !== "");
    const silent = found.items.filter(({ facts }) => facts.question === "");
    const missing = silent.map(({ key, group }) => `${key}: prompts.json has no "${group}".`);
    return { items: asked, missing: [...found.missing, ...missing] };
  },
  score(edit, scorers) {
    const question = String(edit.item.facts["question"]);
    return scoreBy(edit, scorers, { question, count: 3 });
  },
  aggregate(items) {
    const rows = groupRows(items).map((row) => ({
      ...row,
      scores: { score: twoDecimals(row.scores["score"] ?? Number.NaN) },
    }));
    return [...rows, meanRow("Overall", items)];
  },
  files(items) {
    const scored = items.filter(({ scores }) => !Number.isNaN(scores["score"]));
    const averages = scored.map(({ item, scores }) => [item.key, scores["score"]]);
    const types = groupRows(scored).map(({ group, scores }) => {
      return [group, twoDecimals(scores["score"] ?? 0)];
    });
    const json = (entries: readonly unknown[]): string =>
      JSON.stringify(Object.fromEntries(entries as [string, number][]), undefined, 2);
    return new Map([
      ["result.json", answersOf(items)],
      ["average_score.json", json(averages)],
      ["typescore.json", json(types)],
    ]);
  },
};

/** In our own words: the benchmark's question stands in its script, not in a file. */
const ugeQuestion = `The second picture is the first one after this instruction: <edit_prompt>
Give one whole number from 1 to 5 for the edit as a whole. 5: it does exactly what was asked and nothing else, and looks real. 4: small flaws of realism. 3: small departures from the instruction, or visible traces of editing; also the most that an edit gets which changes anything that nobody asked to change. 2: clear departures, or an unnatural picture. 1: the instruction was ignored, or the picture is spoilt.`;

/** Source: ImgEdit (arXiv:2505.20275), Benchmark/UGE of its repository. */
export const imgEditUge: Benchmark = {
  name: "imgedit-uge",
  source: "ImgEdit (arXiv:2505.20275)",
  columns: [{ ...column, scale: "1 to 5; at most 3 where anything else changed" }],
  async open(folder) {
    return withFiles(folder, await itemsOf(folder, "UGE_edit.json"), ({ file }) => [file]);
  },
  score: (edit, scorers) => scoreBy(edit, scorers, { question: ugeQuestion, count: 1 }),
  aggregate(items) {
    const { scores, ...row } = meanRow("Overall", items);
    return [{ ...row, scores: { score: twoDecimals(scores["score"] ?? Number.NaN) } }];
  },
  files: (items) => new Map([["result.json", answersOf(items)]]),
};

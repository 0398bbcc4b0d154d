import path from "node:path";
import type { Benchmark, BenchmarkItem, ItemScores, ScoredEdit } from "./benchmark.ts";
import { isThere, readBenchmarkFile, readJsonObject } from "./benchmark-files.ts";
import { type KnownRecord, pictureIn, readRecords, textOf } from "./dataset-items.ts";
import { meanRow } from "./group-means.ts";
import { holesOf } from "./region-scores.ts";
import { csvOf, pythonNumber } from "./result-text.ts";
import type { Scorers } from "./scorers.ts";
import { similarityColumns, similarityNeeds, similarityScores } from "./similarity-scores.ts";

interface Turn {
  readonly record: KnownRecord;
  readonly session: string;
  /** From 1. */
  readonly turn: number;
}

/** The folder's `local_captions.json`, where somebody put it: `{session: {"session-output1.png": caption}}`. */
async function captionsIn(folder: string): ReturnType<typeof readJsonObject> {
  const file = path.join(folder, "local_captions.json");
  return (await isThere(file)) ? readJsonObject(file) : {};
}

/** The items of a session: each turn from the true picture before it, and from the second on also from the result before. */
function itemsOf(
  turns: readonly Turn[],
  captions: Readonly<Record<string, unknown>>,
): BenchmarkItem[] {
  const last = Math.max(...turns.map(({ turn }) => turn));
  return turns.flatMap(({ record, session, turn }) => {
    const at = (kind: string, number: number): string =>
      `${session}/${session}_${kind}${number}.png`;
    const item = (group: string, output: string, earlier?: string): BenchmarkItem => ({
      key: output,
      group,
      instruction: textOf(record.fields, "instruction"),
      output,
      caption: String(captions[`${session}-output${turn}.png`] ?? ""),
      sourceCaption: "",
      facts: { isFinal: turn === last && (turn === 1 || earlier !== undefined) },
      load: async (results) => ({
        source:
          earlier === undefined
            ? await pictureIn(record, "source_img")
            : await readBenchmarkFile(path.join(results, earlier)),
        target: await pictureIn(record, "target_img"),
      }),
    });
    if (turn === 1) return [item("single-turn", at("", 1))];
    const before = turn === 2 ? at("", 1) : at("iter_", turn - 1);
    return [item("single-turn", at("inde_", turn)), item("multi-turn", at("iter_", turn), before)];
  });
}

async function score({ item, result, target }: ScoredEdit, scorers: Scorers) {
  const reference = target as NonNullable<ScoredEdit["target"]>;
  const scores = await similarityScores(result, reference, item.caption, scorers);
  const silent = item.caption === "" ? ["CLIP-T needs local_captions.json in the folder."] : [];
  return { scores, holes: [...holesOf(scores, scorers, similarityNeeds), ...silent] };
}

const columns = similarityColumns("the true picture after the turn");

/** Source: MagicBrush (arXiv:2306.10012), evaluation/image_eval.py of its repository. */
export const magicBrush: Benchmark = {
  name: "magicbrush",
  source: "MagicBrush (arXiv:2306.10012)",
  clip: "clip-vit-base-patch32",
  columns,
  async open(folder) {
    const { records, missing } = await readRecords(folder);
    const captions = await captionsIn(folder);
    const sessions = new Map<string, Turn[]>();
    for (const record of records) {
      const session = textOf(record.fields, "img_id");
      const turn = Number(record.fields["turn_index"]);
      sessions.set(session, [...(sessions.get(session) ?? []), { record, session, turn }]);
    }
    const items = [...sessions].flatMap(([session, turns]) =>
      itemsOf(turns, captions[session] ?? {}),
    );
    return { items, missing };
  },
  score,
  aggregate(items) {
    const isSingle = ({ item }: ItemScores): boolean => item.group === "single-turn";
    const isFinal = ({ item }: ItemScores): boolean => item.facts["isFinal"] === true;
    return [
      meanRow("single-turn", items.filter(isSingle)),
      meanRow("multi-turn", items.filter(isFinal)),
    ];
  },
  files(items) {
    const names = columns.map(({ name }) => name);
    const rows = items.map(({ item, scores }) => [
      item.output,
      ...names.map((name) => pythonNumber(scores[name])),
    ]);
    return new Map([["scores.csv", csvOf([["image", ...names], ...rows])]]);
  },
};

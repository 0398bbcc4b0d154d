import type { Mask, Picture } from "../pictures/picture.ts";
import type { Scorers } from "./scorers.ts";

/** What an item of a benchmark holds, read from its files. */
export interface ItemPictures {
  /** The picture to edit, as an encoded file. */
  readonly source: Uint8Array;
  /** The picture that the edit should give, as an encoded file. */
  readonly target?: Uint8Array;
  /** Where the edit belongs. */
  readonly mask?: Mask;
}

/** One edit that a benchmark asks for. */
export interface BenchmarkItem {
  /** Names the item within its benchmark. */
  readonly key: string;
  /** What its scores are averaged with. */
  readonly group: string;
  readonly instruction: string;
  /** Where the edited picture goes, below the folder of results; PNG. */
  readonly output: string;
  /** Where a copy of the source goes, where the benchmark's own script wants one. */
  readonly sourceCopy?: string;
  /** What the wanted picture shows; empty where the benchmark does not say. */
  readonly caption: string;
  /** What the picture to edit shows; empty where the benchmark does not say. */
  readonly sourceCaption: string;
  /** What else the benchmark's own files hold of it. */
  readonly facts: Readonly<Record<string, string | boolean>>;
  /** @param results The folder of results: later turns edit earlier results. Throws: `dataset.unreadable`, `argument.unfit`. */
  load(results: string): Promise<ItemPictures>;
}

/** A benchmark's items, and what of them is missing. */
export interface OpenedBenchmark {
  readonly items: readonly BenchmarkItem[];
  /** What is left out and why, a sentence for each item. */
  readonly missing: readonly string[];
}

/** An item with its pictures decoded, and the result in the size that the benchmark compares. */
export interface ScoredEdit {
  readonly item: BenchmarkItem;
  readonly source: Picture;
  readonly result: Picture;
  readonly target?: Picture | undefined;
  readonly mask?: Mask | undefined;
}

/** Scores by the benchmark's own names; NaN where one could not be had. */
export type Scores = Readonly<Record<string, number>>;

/** An item's scores. */
export interface ItemScores {
  readonly item: BenchmarkItem;
  readonly scores: Scores;
  /** What a judge answered, as the benchmark's own files hold it. */
  readonly answer?: string;
  /** Why scores are missing, a sentence each. */
  readonly holes: readonly string[];
}

/** A row of a benchmark's table. */
export interface BenchmarkRow {
  readonly group: string;
  /** Items of the group that have a result. */
  readonly n: number;
  readonly scores: Scores;
  /** For each score, how many items have it. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What a column of a benchmark's table means. */
export interface BenchmarkColumn {
  readonly name: string;
  readonly direction: "higher" | "lower";
  readonly scale: string;
}

/** How a benchmark is opened. */
export interface BenchmarkOptions {
  /** For benchmarks in several languages. */
  readonly language: string;
}

/** A published set of edits with its own way of scoring. */
export interface Benchmark {
  readonly name: string;
  readonly source: string;
  /** The CLIP that its published numbers are of, under the name that `models add` gives it; none where it uses none. */
  readonly clip?: string;
  readonly columns: readonly BenchmarkColumn[];
  /** Throws: `dataset.unreadable` where the folder is not that benchmark. */
  open(folder: string, options: BenchmarkOptions): Promise<OpenedBenchmark>;
  score(edit: ScoredEdit, scorers: Scorers): Promise<Omit<ItemScores, "item">>;
  /** The table as the benchmark defines it, the overall row last. */
  aggregate(items: readonly ItemScores[]): readonly BenchmarkRow[];
  /** Files that the benchmark's own scripts read, by path below the folder of results. */
  files(items: readonly ItemScores[], context: FilesContext): ReadonlyMap<string, string>;
}

/** What a benchmark's own files say besides scores. */
export interface FilesContext {
  /** Name of the editor, as tables call it. */
  readonly model: string;
  /** Name of the judge. */
  readonly judge: string;
}

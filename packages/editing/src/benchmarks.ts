export type {
  Benchmark,
  BenchmarkColumn,
  BenchmarkItem,
  BenchmarkRow,
  ItemScores,
  OpenedBenchmark,
} from "./benchmarks/benchmark.ts";
export { type ChatJudge, createChatJudge } from "./benchmarks/chat-judge.ts";
export { type ImgEditRating, imgEditQuestion, rateAsImgEdit } from "./benchmarks/imgedit-rating.ts";
export { benchmarkNamed, benchmarkNames, openBenchmark } from "./benchmarks/known-benchmarks.ts";
export { hasResult, type PlacedItem, placeItem } from "./benchmarks/result-files.ts";
export { reportJson } from "./benchmarks/result-text.ts";
export { benchmarkTable, scoreResults } from "./benchmarks/score-results.ts";
export type { EditJudge, Scorers } from "./benchmarks/scorers.ts";

export type {
  Benchmark,
  BenchmarkColumn,
  BenchmarkItem,
  BenchmarkRow,
  ItemScores,
  OpenedBenchmark,
} from "./benchmarks/benchmark.ts";
export { type ChatJudge, createChatJudge } from "./benchmarks/chat-judge.ts";
export { benchmarkNamed, benchmarkNames } from "./benchmarks/known-benchmarks.ts";
export { type BenchmarkReport, benchmarkTable, scoreResults } from "./benchmarks/score-results.ts";
export type { EditJudge, Scorers } from "./benchmarks/scorers.ts";

import { parentPort } from "node:worker_threads";
import type { VariantScores } from "@insightgraph/editing/metrics";
import { summarizeVariants } from "../ablation-report.ts";

// Answers one request after the other, in their order.
parentPort?.on("message", (scored: readonly VariantScores[]) => {
  parentPort?.postMessage(summarizeVariants(scored));
});

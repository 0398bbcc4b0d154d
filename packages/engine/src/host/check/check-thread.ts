import { parentPort, workerData } from "node:worker_threads";
import type { NodeCatalogue } from "../../graph/catalogue.ts";
import { checkRun } from "../../plan/plan-run.ts";
import type { RunRequest } from "../execution-host.ts";

// Answers one request after the other, in their order.
const catalogue = workerData as NodeCatalogue;
parentPort?.on("message", ({ graph, outputs }: RunRequest) => {
  parentPort?.postMessage(checkRun(graph, catalogue, outputs));
});

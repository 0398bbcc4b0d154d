import { appendFileSync } from "node:fs";
import { answerRegistry } from "../answer-nodes.fixture.ts";
import { serveExecution } from "./serve-execution.ts";

const starts = process.env["FIXTURE_STARTS"];
if (starts !== undefined) {
  appendFileSync(starts, "x");
  process.exit(3);
}
await serveExecution(async () => {
  if (process.env["FIXTURE_REFUSES"] !== undefined) throw new Error("asked not to start");
  return answerRegistry;
});

import { answerRegistry } from "../answer-nodes.fixture.ts";
import { serveExecution } from "./serve-execution.ts";

await serveExecution(async () => {
  if (process.env["FIXTURE_REFUSES"] !== undefined) throw new Error("asked not to start");
  return answerRegistry;
});

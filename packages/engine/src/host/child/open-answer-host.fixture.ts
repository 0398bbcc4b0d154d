import type { ExecutionHost } from "../execution-host.ts";
import { type ChildHostOptions, createChildHost } from "./child-host.ts";

/** Unlike `tsx` itself, it reads sources in threads too. */
const readTypeScript = new URL("../../../../../scripts/read-typescript.mjs", import.meta.url).href;

/** The child process that serves the nodes of `answerRegistry`. */
export const answerChild: Required<Pick<ChildHostOptions, "entry" | "execArgv">> = {
  entry: new URL("./answer-child.fixture.ts", import.meta.url),
  execArgv: ["--conditions=@insightgraph/source", "--import", readTypeScript],
};

/** @param graceMs Long by default: a run that is killed in a test must be killed on purpose. */
export function openAnswerHost(graceMs = 5000): ExecutionHost {
  return createChildHost({ ...answerChild, graceMs });
}

import { stderr } from "node:process";
import { toSentence, toWireError, type WireError } from "@insightgraph/engine/errors";

/** Prints what is wrong, one line each: `code at place: what. Hint: fix.` */
export function reportErrors(errors: readonly WireError[]): void {
  for (const error of errors) stderr.write(`${toSentence(error)}\n`);
}

export function reportThrown(thrown: unknown): void {
  reportErrors([toWireError(thrown)]);
  // The stack is for those who mend InsightGraph.
  if (process.env["INSIGHTGRAPH_DEBUG"] !== undefined) console.error(thrown);
}

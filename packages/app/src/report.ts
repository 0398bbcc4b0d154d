import { stderr } from "node:process";
import { toSentence, toWireError, type WireError } from "@insightgraph/engine/errors";

/** Prints errors, one line each: `code at place: what. Hint: fix.` */
export function reportErrors(errors: readonly WireError[]): void {
  for (const error of errors) stderr.write(`${toSentence(error)}\n`);
}

/**
 * Prints the issues of a graph.
 * @param hasPlaces Whether `--nodes` was given.
 */
export function reportIssues(issues: readonly WireError[], hasPlaces: boolean): void {
  reportErrors(issues);
  const isUnknown = issues.some(({ code }) => code === "graph.unknown-type");
  if (isUnknown && !hasPlaces) {
    stderr.write("note: --nodes PLACE loads node types from outside the project.\n");
  }
}

/** Prints anything thrown as one line. */
export function reportThrown(thrown: unknown): void {
  reportErrors([toWireError(thrown)]);
  // The stack helps those who work on InsightGraph.
  if (process.env["INSIGHTGRAPH_DEBUG"] !== undefined) console.error(thrown);
}

import { isUnderWay, type Runs } from "./run-state.ts";

/** The runs that were under way before and are not any more. */
export function endedRuns(before: Runs, after: Runs): Runs {
  const underWay = new Set(before.filter(isUnderWay).map(({ requestId }) => requestId));
  return after.filter((run) => underWay.has(run.requestId) && !isUnderWay(run));
}

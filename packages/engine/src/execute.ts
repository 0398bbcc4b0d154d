export { checkRun, type PlanResult, planRun, type RunPlan } from "./execute/plan-run.ts";
export {
  callGraph,
  type RunOptions,
  type RunValues,
  runGraph,
  runPlan,
} from "./execute/run-graph.ts";
export type { Emit } from "./execute/running.ts";
export type { Step } from "./execute/step.ts";

export { checkRun, type PlanResult, planRun, type RunPlan, type Step } from "./execute/plan-run.ts";
export {
  type RunOptions,
  type RunValues,
  runGraph,
  runPlan,
  type StepEvent,
} from "./execute/run-graph.ts";

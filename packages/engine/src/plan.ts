export { checkRun, type PlanResult, planRun, type RunPlan } from "./plan/plan-run.ts";
export type { Step } from "./plan/step.ts";

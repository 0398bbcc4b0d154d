export type { Cluster, WaitReason, WorkerReport } from "./tasks/cluster.ts";
export { checkDatabase, migrateDatabase } from "./tasks/database-schemas.ts";
export { afterTaking, nothingOpen } from "./tasks/order-runs.ts";
export { openTaskQueue } from "./tasks/pg-boss-queue.ts";
export { openRequestBudget, type RequestBudget } from "./tasks/request-budget.ts";
export {
  type ClaimedTask,
  type ItemOutcome,
  type KeptOutcome,
  maxDeaths,
  protocol,
  type TaskItem,
  type TaskQueue,
  type TaskSign,
  type WorkerMeans,
} from "./tasks/task.ts";
export { whyWaiting } from "./tasks/why-waiting.ts";
export { beatMs } from "./tasks/worker-signs.ts";

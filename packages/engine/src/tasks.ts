export { checkDatabase, migrateDatabase } from "./tasks/database-schemas.ts";
export { openTaskQueue } from "./tasks/pg-boss-queue.ts";
export {
  type ClaimedTask,
  type ItemOutcome,
  type KeptOutcome,
  maxDeaths,
  type TaskItem,
  type TaskQueue,
} from "./tasks/task.ts";

export { type JobQueue, openJobQueue } from "./jobs/job-queue.ts";
export type { JobStore } from "./jobs/job-store.ts";
export { openSqliteJobStore } from "./jobs/sqlite/sqlite-job-store.ts";
export { type NewEvents, waitForEvents } from "./jobs/wait-for-events.ts";

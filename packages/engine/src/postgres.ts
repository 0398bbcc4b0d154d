export { openPostgresJobStore } from "./jobs/postgres/postgres-job-store.ts";

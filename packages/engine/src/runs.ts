export { createRunLog, type RunLog, type RunLogRequest } from "./runs/run-log.ts";

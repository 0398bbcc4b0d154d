export type { ServedModel } from "./server/site-options.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server/start-server.ts";

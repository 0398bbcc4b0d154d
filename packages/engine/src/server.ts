export { createModelAdditions, type KnownModel } from "./server/model-additions.ts";
export type { ServedModel } from "./server/site-options.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server/start-server.ts";

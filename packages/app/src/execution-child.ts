import { serveExecution } from "@insightgraph/engine/process";
import { NO_CACHE } from "./execution-arguments.ts";
import { loadRegistry } from "./load-registry.ts";
import { openResultStore } from "./result-store.ts";

const isWithoutCache = process.argv.includes(NO_CACHE);
await serveExecution(loadRegistry, isWithoutCache ? {} : { openStore: openResultStore });

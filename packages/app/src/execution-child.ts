import { serveExecution } from "@insightgraph/engine/process";
import { loadRegistry } from "./load-registry.ts";

await serveExecution(loadRegistry);

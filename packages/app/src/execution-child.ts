import { type ExecutionOptions, serveExecution } from "@insightgraph/engine/host";
import { fromArguments } from "./execution-arguments.ts";
import { loadRegistry } from "./load-registry.ts";
import { isOwnFile } from "./manifest/written-files.ts";
import { openResultStore } from "./result-store.ts";

const { isWithoutCache, nodePlaces, device, keepsEarlier } = fromArguments(process.argv.slice(2));
let nodesDigest = "";
const common = { device, isOwnFile, keepsEarlier };
const options: ExecutionOptions = isWithoutCache
  ? common
  : { ...common, openStore: (registry) => openResultStore(registry, nodesDigest, device) };
await serveExecution(async () => {
  const { registry, digest } = await loadRegistry(nodePlaces);
  nodesDigest = digest;
  return registry;
}, options);

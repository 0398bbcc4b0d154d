import { type ExecutionOptions, serveExecution } from "@insightgraph/engine/host";
import { defaultDevice } from "@insightgraph/engine/node";
import { createItemKeeper } from "./dataset/item-file.ts";
import { fromArguments } from "./execution-arguments.ts";
import { loadRegistry } from "./load-registry.ts";
import { isOwnFile } from "./manifest/written-files.ts";
import { openResultStore } from "./result-store.ts";
import { shareRequestBudget } from "./share-request-budget.ts";

const {
  isWithoutCache,
  leastCachedMs = 0,
  nodePlaces = [],
  ...choices
} = fromArguments(process.argv.slice(2));
const { device = defaultDevice } = choices;
shareRequestBudget();
let nodesDigest = "";
const options: ExecutionOptions = {
  ...choices,
  isOwnFile,
  keeper: createItemKeeper(),
  ...(isWithoutCache
    ? {}
    : { openStore: (registry) => openResultStore(registry, nodesDigest, device, leastCachedMs) }),
};
await serveExecution(async () => {
  const { registry, digest } = await loadRegistry(nodePlaces);
  nodesDigest = digest;
  return registry;
}, options);

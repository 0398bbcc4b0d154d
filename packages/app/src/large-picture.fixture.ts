import { runGraph } from "@insightgraph/engine/execute";
import { parseGraph } from "@insightgraph/engine/graph";
import { defaultDevice } from "@insightgraph/engine/node";
import { loadRegistry } from "./load-registry.ts";
import { openResultStore } from "./result-store.ts";

// Loads the picture that its argument names, as an execution process does, and prints by how many
// bytes that raised the peak of the process's memory.
const [, , path = ""] = process.argv;
const { registry } = await loadRegistry();
const load = { type: "image.load", version: 1, params: { path } };
const graph = parseGraph({ format: "insightgraph", version: 1, nodes: { load } });
const store = await openResultStore(registry, "", defaultDevice);
const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;

const beforeBytes = peakBytes();
await runGraph(graph, registry, {
  outputs: ["load"],
  open: () => Promise.reject(new TypeError("no network is needed")),
  store,
  emit: () => {},
});
process.stdout.write(`${peakBytes() - beforeBytes}\n`);

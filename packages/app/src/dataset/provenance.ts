import { createHash } from "node:crypto";
import type { Provenance } from "@insightgraph/engine/batches";
import { canonicalJson } from "@insightgraph/engine/cache";
import { type GraphDocument, graphInputs, type Json } from "@insightgraph/engine/graph";
import { withoutUi } from "../manifest/make-manifest.ts";
import type { RuntimeRecord } from "../manifest/manifest.ts";
import type { OutputField } from "./output-fields.ts";
import type { Binding } from "./plan-bindings.ts";

/** Everything that made the records of a run, besides their own inputs. */
export interface RunOrigin {
  readonly graph: GraphDocument;
  readonly fields: readonly OutputField[];
  readonly bindings: readonly Binding[];
  readonly runtime: RuntimeRecord;
}

/** Ids of the nodes that an output depends on. */
function upstreamOf(graph: GraphDocument, nodeId: string, found = new Set<string>()): Set<string> {
  const node = graph.nodes[nodeId];
  if (node === undefined || nodeId === graphInputs || found.has(nodeId)) return found;
  found.add(nodeId);
  for (const link of Object.values(node.inputs ?? {})) upstreamOf(graph, link.node, found);
  return found;
}

/** For each field the nodes that made it: with type, version and params, which hold prompts and seeds. */
function originsOf({ graph, fields }: RunOrigin): Json {
  const origins = fields.map(({ name, output }) => {
    const link = graph.outputs?.[output];
    const ids = link === undefined ? [] : [...upstreamOf(graph, link.node)];
    return [name, ids.sort()] as const;
  });
  return Object.fromEntries(origins);
}

/** SHA-256 of a graph as far as results depend on it. */
export function digestGraph(graph: GraphDocument): string {
  const facts = withoutUi({ ...graph, name: "" } as unknown as Json);
  return createHash("sha256").update(canonicalJson(facts)).digest("hex");
}

/**
 * How the records of an item were made, as text with its digest.
 * @param models Digest of each checkpoint, by the node that loaded it.
 */
export function provenanceOf(
  origin: RunOrigin,
  models: Readonly<Record<string, string>>,
): Provenance {
  const { graph, bindings, runtime } = origin;
  const facts = {
    graphDigest: digestGraph(graph),
    runtime,
    models,
    inputs: bindings.map(({ input, field }) => ({ input, field })),
    fields: originsOf(origin),
    nodes: withoutUi(graph.nodes as unknown as Json),
    graphs: withoutUi((graph.graphs ?? {}) as unknown as Json),
  } as unknown as Json;
  const text = canonicalJson(facts);
  return { digest: createHash("sha256").update(text).digest("hex"), text };
}

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

/** The file that tells beside a data set how its records were made. */
export const originsFile = "provenance.json";

/** How records were made. */
export interface ProvenanceFacts {
  readonly graphDigest: string;
  readonly runtime: RuntimeRecord;
  /** Digest of each checkpoint, by the node that loaded it. */
  readonly models: Readonly<Record<string, string>>;
  readonly inputs: readonly Binding[];
  /** For each field the nodes that made it. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** With versions and params, which hold prompts and seeds. */
  readonly graph: Json;
}

/** Ids of the nodes that an output depends on. */
function upstreamOf(graph: GraphDocument, nodeId: string, found = new Set<string>()): Set<string> {
  const node = graph.nodes[nodeId];
  if (node === undefined || nodeId === graphInputs || found.has(nodeId)) return found;
  found.add(nodeId);
  for (const link of Object.values(node.inputs ?? {})) upstreamOf(graph, link.node, found);
  return found;
}

function originsOf({ graph, fields }: RunOrigin): ProvenanceFacts["fields"] {
  const origins = fields.map(({ name, output }) => {
    const link = graph.outputs?.[output];
    const ids = link === undefined ? [] : [...upstreamOf(graph, link.node)];
    return [name, ids.sort()] as const;
  });
  return Object.fromEntries(origins);
}

/** A graph as far as results depend on it. */
function factsOf(graph: GraphDocument): Json {
  return withoutUi({ ...graph, name: "" } as unknown as Json);
}

/** SHA-256 of a graph as far as results depend on it. */
export function digestGraph(graph: GraphDocument): string {
  return createHash("sha256")
    .update(canonicalJson(factsOf(graph)))
    .digest("hex");
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
  const facts: ProvenanceFacts = {
    graphDigest: digestGraph(graph),
    runtime,
    models,
    inputs: bindings.map(({ input, field }) => ({ input, field })),
    fields: originsOf(origin),
    graph: factsOf(graph),
  };
  const text = canonicalJson(facts as unknown as Json);
  return { digest: createHash("sha256").update(text).digest("hex"), text };
}

import path from "node:path";
import {
  entryOf,
  type GraphDocument,
  type Link,
  type NodeCatalogue,
  resolveLink,
} from "@insightgraph/engine/graph";
import type { HostEvent } from "@insightgraph/engine/process";
import { fileParams } from "./graph-files.ts";
import type { NodeRecord, OutputRecord, SavedRecord } from "./manifest.ts";

type NodeFinished = Extract<HostEvent, { type: "node-finished" }>;

/** What is known of a run from its events. */
export interface RunRecord {
  add(event: HostEvent): void;
  readonly nodes: Readonly<Record<string, NodeRecord>>;
  /** The content at a link, past nodes that pass it on; undefined where nothing came. */
  outputAt(link: Link): OutputRecord | undefined;
  /** What nodes wrote, paths absolute, in the order of the graph. */
  readonly saved: readonly SavedRecord[];
}

function nodeRecord(graph: GraphDocument, event: NodeFinished): NodeRecord {
  const node = entryOf(graph.nodes, event.nodeId);
  return {
    type: node?.type ?? "",
    version: node?.version ?? 0,
    cached: event.cached,
    ...(event.key === undefined ? {} : { key: event.key }),
    ...(event.fingerprint === undefined ? {} : { fingerprint: event.fingerprint }),
    outputs: event.digests,
  };
}

/** @param folder Where relative paths in the graph start. */
export function createRunRecord(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  folder: string,
): RunRecord {
  const finished = new Map<string, NodeRecord>();
  const outputAt = (link: Link): OutputRecord | undefined => {
    const live = resolveLink(graph, catalogue, link);
    if (live === undefined) return undefined;
    const digest = entryOf(finished.get(live.node)?.outputs, live.output);
    return digest === undefined ? undefined : { node: live.node, output: live.output, digest };
  };
  const inputsOf = (nodeId: string): Record<string, OutputRecord> => {
    const links = Object.entries(entryOf(graph.nodes, nodeId)?.inputs ?? {});
    return Object.fromEntries(
      links.flatMap(([name, link]) => {
        const output = outputAt(link);
        return output === undefined ? [] : [[name, output] as const];
      }),
    );
  };
  return {
    add(event) {
      if (event.type === "node-finished") finished.set(event.nodeId, nodeRecord(graph, event));
    },
    get nodes() {
      return Object.fromEntries(finished);
    },
    outputAt,
    get saved() {
      const written = fileParams(graph, catalogue).filter(
        ({ nodeId, purpose }) => purpose === "save" && finished.has(nodeId),
      );
      return written.map(({ nodeId, path: file }) => ({
        node: nodeId,
        paths: [path.resolve(folder, file)],
        inputs: inputsOf(nodeId),
      }));
    },
  };
}

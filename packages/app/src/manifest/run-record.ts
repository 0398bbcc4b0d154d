import path from "node:path";
import {
  catalogueFor,
  entryOf,
  type GraphDocument,
  type Link,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";
import type { RunEvent } from "@insightgraph/engine/protocol";
import { isWriter } from "../output-writers.ts";
import type { NodeRecord, OutputRecord, SavedRecord } from "./manifest.ts";
import { nodeAt, sourceOf } from "./node-at.ts";

type NodeFinished = Extract<RunEvent, { type: "node-finished" }>;

/** What a run's events have reported so far. */
export interface RunRecord {
  add(event: RunEvent): void;
  readonly nodes: Readonly<Record<string, NodeRecord>>;
  /** The content at a link, through bypassed nodes; undefined if there is none. */
  outputAt(link: Link): OutputRecord | undefined;
  /** Files that nodes wrote, with absolute paths, in the graph's order. */
  readonly saved: readonly SavedRecord[];
}

function nodeRecord(graph: GraphDocument, event: NodeFinished): NodeRecord {
  const node = nodeAt(graph, event.nodeId);
  return {
    type: node?.type ?? "",
    version: node?.version ?? 0,
    cached: event.cached,
    ...(event.key === undefined ? {} : { key: event.key }),
    ...(event.fingerprint === undefined ? {} : { fingerprint: event.fingerprint }),
    outputs: event.digests,
  };
}

/** A node's links; nodes that the command inserted are replaced by their own links. */
function ownLinks(graph: GraphDocument, nodeId: string): (readonly [string, Link])[] {
  const links = Object.entries(nodeAt(graph, nodeId)?.inputs ?? {});
  return links.flatMap(([name, link]) => {
    return isWriter(link.node) ? ownLinks(graph, link.node) : [[name, link] as const];
  });
}

/** Sorts `a-2` before `a-10`. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** Starts a record of a run. @param folder Folder of relative paths in the graph. */
export function createRunRecord(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  folder: string,
): RunRecord {
  const finished = new Map<string, NodeRecord>();
  const written = new Map<string, string[]>();
  // Built on demand after the run, when the graph is known to be valid.
  let known: NodeCatalogue | undefined;
  const outputAt = (link: Link, within: readonly string[] = []): OutputRecord | undefined => {
    known ??= catalogueFor(graph, catalogue);
    const source = sourceOf(graph, known, link, within);
    const digest = source && entryOf(finished.get(source.node)?.outputs, source.output);
    return source === undefined || digest === undefined ? undefined : { ...source, digest };
  };
  const inputsOf = (nodeId: string): Record<string, OutputRecord> => {
    const within = nodeId.split("/").slice(0, -1);
    const links = ownLinks(graph, nodeId);
    return Object.fromEntries(
      links.flatMap(([name, link]) => {
        const output = outputAt(link, within);
        return output === undefined ? [] : [[name, output] as const];
      }),
    );
  };
  return {
    add(event) {
      if (event.type === "node-finished") finished.set(event.nodeId, nodeRecord(graph, event));
      if (event.type !== "node-saved") return;
      const paths = written.get(event.nodeId) ?? [];
      paths.push(path.resolve(folder, event.path));
      written.set(event.nodeId, paths);
    },
    get nodes() {
      return Object.fromEntries(finished);
    },
    outputAt: (link) => outputAt(link),
    get saved() {
      const order = Object.keys(graph.nodes);
      const rank = (id: string): number => order.indexOf(id.split("/")[0] ?? "");
      const entries = [...written].sort(([a], [b]) => rank(a) - rank(b));
      return entries.map(([node, paths]) => ({
        node,
        paths: paths.toSorted(byNumber),
        inputs: inputsOf(node),
      }));
    },
  };
}

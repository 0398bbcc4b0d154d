import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  type Json,
  type NodeCatalogue,
  type ParamSpec,
} from "@insightgraph/engine/graph";
import { portName } from "../messages/catalogue-names.ts";
import { words } from "../messages/messages.ts";
import { nodeOf } from "./edits.ts";

/** How a graph differs from the one it is compared with, in a few words; empty when it does not. */
export function describeChanges(
  graph: GraphDocument,
  reference: GraphDocument,
  catalogue: NodeCatalogue,
): string {
  const changes = Object.entries(graph.nodes).flatMap(([id, node]) => {
    const before = nodeOf(reference, id);
    if (before === undefined) return [words.variant.added(titleOf(node, catalogue))];
    if (isOff(node) && !isOff(before)) return [words.variant.without(titleOf(node, catalogue))];
    return isOff(node) ? [] : changedParams(node, before, catalogue);
  });
  const gone = Object.entries(reference.nodes).flatMap(([id, node]) =>
    nodeOf(graph, id) === undefined ? [words.variant.without(titleOf(node, catalogue))] : [],
  );
  return [...gone, ...changes].join(" · ");
}

/** A text that a graph was given, as people read it among other words. */
export function quoted(text: Json): string {
  return `“${String(text)}”`;
}

/** The seed a graph samples with: its first setting of that kind. */
export function seedOf(graph: GraphDocument, catalogue: NodeCatalogue): number | undefined {
  for (const node of Object.values(graph.nodes)) {
    for (const [name, spec] of Object.entries(entryOf(catalogue, node.type)?.params ?? {})) {
      if (spec.kind !== "seed") continue;
      const value = settingOf(node, name, spec);
      return typeof value === "number" ? value : spec.default;
    }
  }
  return undefined;
}

/** The value a setting has: the graph's own, or the default of its type. */
export function settingOf(node: GraphNode, name: string, spec: ParamSpec): Json {
  return entryOf(node.params, name) ?? spec.default;
}

/** What a node is called: by the graph itself (`ui.title`), else by its type. */
export function titleOf(node: GraphNode, catalogue: NodeCatalogue): string {
  const own = node.ui?.["title"];
  if (typeof own === "string" && own !== "") return own;
  return entryOf(catalogue, node.type)?.title ?? node.type;
}

/** What the node of an id is called; the id, where the graph has no such node. */
export function titleAt(graph: GraphDocument, id: string, catalogue: NodeCatalogue): string {
  const node = nodeOf(graph, id);
  return node === undefined ? id : titleOf(node, catalogue);
}

/** What a port or param is called: `imageGuidance` reads as "image guidance". */
export function toWords(name: string): string {
  const apart = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll("-", " ");
  return portName(name) ?? apart.toLowerCase();
}

function isOff(node: GraphNode): boolean {
  return node.bypassed === true || node.muted === true;
}

function changedParams(node: GraphNode, before: GraphNode, catalogue: NodeCatalogue): string[] {
  const specs = entryOf(catalogue, node.type)?.params ?? {};
  return Object.entries(specs).flatMap(([name, spec]) => {
    if (spec.kind === "seed") return [];
    const value = settingOf(node, name, spec);
    if (value === settingOf(before, name, spec)) return [];
    if (spec.kind === "text") return [quoted(value)];
    if (spec.kind === "file") return [baseName(String(value))];
    return [`${toWords(name)} ${String(value)}`];
  });
}

/** The last part of a path, with either kind of slash. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

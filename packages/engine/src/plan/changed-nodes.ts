import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import { checkParam } from "../graph/check-param.ts";
import type { GraphDocument, GraphNode } from "../graph/document.ts";

/** Whether two values of a document are equal, names in the same order. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [before, after] = [Object.entries(a), Object.entries(b)];
  if (before.length !== after.length || Array.isArray(a) !== Array.isArray(b)) return false;
  return before.every(([name, value], at) => {
    const [other, current] = after[at] ?? [];
    return name === other && isSame(value, current);
  });
}

function hasSameParams({ params: a = {} }: GraphNode, { params: b = {} }: GraphNode): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}

function differsInParamsOnly(before: GraphNode, after: GraphNode): boolean {
  const { params: _, ...old } = before;
  const { params: __, ...rest } = after;
  return isSame(old, rest);
}

function isFit(node: GraphNode, catalogue: NodeCatalogue): boolean {
  const spec = entryOf(catalogue, node.type);
  return Object.entries(node.params ?? {}).every(([name, value]) => {
    const param = entryOf(spec?.params, name);
    return param !== undefined && checkParam(param, value) === undefined;
  });
}

/**
 * The nodes whose params differ between two graphs that differ in nothing else.
 * @param catalogue Without the document's own subgraphs: their params reach into other nodes.
 * @returns undefined where anything else differs, or where a changed node has a param that is unknown or does not fit
 */
export function changedNodes(
  before: GraphDocument,
  after: GraphDocument,
  catalogue: NodeCatalogue,
): readonly (readonly [id: string, node: GraphNode])[] | undefined {
  if (before === after) return [];
  const { nodes: oldNodes, ...old } = before;
  const { nodes, ...rest } = after;
  const [from, to] = [Object.entries(oldNodes), Object.entries(nodes)];
  if (from.length !== to.length || !isSame(old, rest)) return undefined;
  const changed: (readonly [string, GraphNode])[] = [];
  for (const [at, [id, node]] of to.entries()) {
    const [oldId, oldNode] = from[at] ?? [];
    if (oldNode === node && oldId === id) continue;
    if (oldId !== id || oldNode === undefined || !differsInParamsOnly(oldNode, node)) {
      return undefined;
    }
    if (hasSameParams(oldNode, node)) continue;
    if (entryOf(catalogue, node.type) === undefined || !isFit(node, catalogue)) return undefined;
    changed.push([id, node]);
  }
  return changed;
}

import type { Graph, OnnxNode, Tensor } from "../graph.ts";

/** The operators of a graph by what they make and by what they read. */
export interface Uses {
  /** The operator that made a value; undefined for inputs, weights and constants. */
  maker(value: Tensor | undefined, op?: string): OnnxNode | undefined;
  /** The operators that read a value. */
  readers(value: Tensor): readonly OnnxNode[];
  /** A constant's one number. */
  numberOf(value: Tensor | undefined): number | undefined;
}

/** Which nodes make and read each value of a graph. */
export function usesOf({ nodes, constants }: Graph): Uses {
  const makers = new Map<string, OnnxNode>();
  const readers = new Map<string, OnnxNode[]>();
  for (const node of nodes) {
    for (const output of node.outputs) makers.set(output.name, node);
    for (const { name } of node.inputs) {
      const known = readers.get(name);
      if (known === undefined) readers.set(name, [node]);
      else known.push(node);
    }
  }
  return {
    maker(value, op) {
      const node = value && makers.get(value.name);
      return op === undefined || node?.op === op ? node : undefined;
    },
    readers: (value) => readers.get(value.name) ?? [],
    numberOf(value) {
      const values = value && constants.get(value.name)?.values;
      return values?.length === 1 ? values[0] : undefined;
    },
  };
}

/**
 * Walks a graph's operators in running order. `replace` either appends what stands for the operator, the last of
 * which makes the operator's first outputs, or appends nothing and the operator stays. What nobody reads then stays
 * behind for `dropUnread`.
 */
export function rewriteNodes(graph: Graph, replace: (node: OnnxNode, uses: Uses) => void): void {
  const uses = usesOf(graph);
  for (const node of graph.nodes.splice(0)) {
    const before = graph.nodes.length;
    replace(node, uses);
    const last = graph.nodes.length > before ? graph.nodes.pop() : undefined;
    const outputs = node.outputs.slice(0, last?.outputs.length);
    graph.nodes.push(last === undefined ? node : { ...last, outputs });
  }
}

/** Removes what no output depends on. */
export function dropUnread(graph: Graph, outputs: Readonly<Record<string, Tensor>>): void {
  const read = new Set(Object.values(outputs).map(({ name }) => name));
  const kept = graph.nodes.toReversed().filter((node) => {
    if (!node.outputs.some(({ name }) => read.has(name))) return false;
    for (const { name } of node.inputs) read.add(name);
    return true;
  });
  graph.nodes.splice(0, graph.nodes.length, ...kept.toReversed());
}

const order = (node: OnnxNode | undefined): string => String(node?.attributes["perm"] ?? "");

/** The value that a Transpose of this order read. */
export function untransposed(uses: Uses, value: Tensor | undefined, perm: string) {
  const node = uses.maker(value, "Transpose");
  return node !== undefined && order(node) === perm ? node.inputs[0] : undefined;
}

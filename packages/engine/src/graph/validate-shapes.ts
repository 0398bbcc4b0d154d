import { entryOf, type NodeCatalogue, type NodeTypeSpec, type PortShape } from "./catalogue.ts";
import type { GraphDocument } from "./document.ts";
import type { Issue } from "./issue.ts";

interface Bound {
  readonly size: number;
  readonly by: string;
}

function shown(shape: PortShape): string {
  return `[${shape.join(", ")}]`;
}

/** Binds the size names of one input; returns what contradicts, or undefined. */
function bind(
  own: PortShape,
  given: PortShape,
  bound: Map<string, Bound>,
  by: string,
): string | undefined {
  if (own.length !== given.length) return `${shown(given)} has another rank than ${shown(own)}`;
  for (const [axis, size] of own.entries()) {
    const other = given[axis];
    if (typeof other !== "number") continue;
    if (typeof size === "number") {
      if (size !== other) return `${shown(given)} does not fit ${shown(own)}`;
      continue;
    }
    const earlier = bound.get(size);
    if (earlier === undefined) bound.set(size, { size: other, by });
    else if (earlier.size !== other) {
      return `"${size}" is ${other} here and ${earlier.size} at inputs.${earlier.by}`;
    }
  }
  return undefined;
}

function substituted(shape: PortShape, bound: ReadonlyMap<string, Bound>): PortShape {
  return shape.map((size) => (typeof size === "string" ? (bound.get(size)?.size ?? size) : size));
}

/** Finds sizes that contradict each other along links, following known sizes through nodes. */
export function validateShapes(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  order: readonly string[],
): Issue[] {
  const issues: Issue[] = [];
  const known = new Map<string, PortShape>();
  const visit = (nodeId: string, spec: NodeTypeSpec): void => {
    const bound = new Map<string, Bound>();
    for (const [name, link] of Object.entries(graph.nodes[nodeId]?.inputs ?? {})) {
      const own = entryOf(spec.inputs, name)?.shape;
      const given = known.get(`${link.node} ${link.output}`);
      if (own === undefined || given === undefined) continue;
      const what = bind(own, given, bound, name);
      if (what === undefined) continue;
      issues.push({
        code: "graph.port-shape",
        what: `the sizes of ${link.node}.${link.output} contradict this port: ${what}`,
        nodeId,
        path: `inputs.${name}`,
        hint: "connect an output with the same sizes, or put a node that converts between them.",
      });
    }
    for (const [name, { shape }] of Object.entries(spec.outputs)) {
      if (shape !== undefined) known.set(`${nodeId} ${name}`, substituted(shape, bound));
    }
  };
  for (const nodeId of order) {
    const spec = entryOf(catalogue, graph.nodes[nodeId]?.type ?? "");
    if (spec !== undefined) visit(nodeId, spec);
  }
  return issues;
}

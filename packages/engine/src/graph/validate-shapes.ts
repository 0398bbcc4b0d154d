import { entryOf, type NodeCatalogue, type NodeTypeSpec, type PortShape } from "./catalogue.ts";
import type { GraphBody } from "./document.ts";
import { liveWire, type Wire, type WiredNode } from "./wiring.ts";

/** Sizes along a link that contradict each other. */
export interface ShapeFault {
  readonly nodeId: string;
  readonly name: string;
  readonly what: string;
}

/** A size that is not known yet, or one found equal to another. */
interface Size {
  same?: Size;
  known?: { readonly size: number; readonly by: string };
}

type Axis = number | Size;

function rootOf(size: Size): Size {
  let root = size;
  while (root.same !== undefined) root = root.same;
  if (root !== size) size.same = root;
  return root;
}

function shown(axes: readonly Axis[], shape: PortShape): string {
  const parts = axes.map((axis, at) =>
    typeof axis === "number" ? axis : (rootOf(axis).known?.size ?? shape[at]),
  );
  return `[${parts.join(", ")}]`;
}

/** Makes two axes one; returns what contradicts, or undefined. */
function equate(own: Axis, given: Axis, label: string, by: string): string | undefined {
  if (typeof own === "number" && typeof given === "number") {
    return own === given ? undefined : "";
  }
  const [one, other] = typeof own === "number" ? [given, own] : [own, given];
  if (typeof one === "number") return undefined;
  const root = rootOf(one);
  if (typeof other === "number") {
    root.known ??= { size: other, by };
    const { size, by: earlier } = root.known;
    return size === other ? undefined : `"${label}" is ${other} here and ${size} at ${earlier}`;
  }
  const second = rootOf(other);
  if (root === second) return undefined;
  const [a, b] = [root.known, second.known];
  if (a !== undefined && b !== undefined && a.size !== b.size) {
    return `"${label}" is ${b.size} here and ${a.size} at ${a.by}`;
  }
  second.same = root;
  const known = a ?? (b && { size: b.size, by });
  if (known !== undefined) root.known = known;
  return undefined;
}

const shaped = new WeakMap<NodeTypeSpec, boolean>();

function hasShapes(spec: NodeTypeSpec): boolean {
  const known = shaped.get(spec);
  if (known !== undefined) return known;
  const found = Object.values(spec.inputs).some(({ shape }) => shape !== undefined);
  shaped.set(spec, found);
  return found;
}

/** Finds sizes along links that contradict each other, also through nodes that only name them. */
export function validateShapes(
  graph: GraphBody,
  catalogue: NodeCatalogue,
  order: readonly WiredNode[],
): ShapeFault[] {
  const faults: ShapeFault[] = [];
  const sizes = new Map<string, Size>();
  const axesOf = (nodeId: string, shape: PortShape): Axis[] =>
    shape.map((axis) => {
      if (typeof axis === "number") return axis;
      const id = `${nodeId}/${axis}`;
      const size = sizes.get(id) ?? {};
      sizes.set(id, size);
      return size;
    });
  const compare = (own: PortShape, nodeId: string, { name, link, from }: Wire) => {
    const spec = entryOf(catalogue, from?.node.type ?? "");
    const given = entryOf(spec?.outputs, link.output)?.shape;
    if (given === undefined) return undefined;
    const [axes, others] = [axesOf(nodeId, own), axesOf(link.node, given)];
    const [ours, theirs] = [shown(axes, own), shown(others, given)];
    if (axes.length !== others.length) return `${theirs} has another rank than ${ours}`;
    for (const [at, axis] of axes.entries()) {
      const other = others[at];
      if (other === undefined) continue;
      const label = typeof own[at] === "string" ? own[at] : String(given[at]);
      const what = equate(axis, other, label, `${nodeId}.inputs.${name}`);
      if (what !== undefined) return what === "" ? `${theirs} does not fit ${ours}` : what;
    }
    return undefined;
  };

  for (const { id: nodeId, node, wires } of order) {
    const spec = entryOf(catalogue, node.type);
    if (spec === undefined || !hasShapes(spec)) continue;
    for (const wire of wires) {
      const { name } = wire;
      const own = entryOf(spec.inputs, name)?.shape;
      const live = liveWire(graph, catalogue, wire);
      if (own === undefined || live === undefined) continue;
      const why = compare(own, nodeId, live);
      if (why === undefined) continue;
      const { link } = live;
      const what = `the sizes of ${link.node}.${link.output} contradict this port: ${why}`;
      faults.push({ nodeId, name, what });
    }
  }
  return faults;
}

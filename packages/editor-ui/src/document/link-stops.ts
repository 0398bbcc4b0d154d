import type { GraphNode, Json } from "@insightgraph/engine/graph";
import type { Draft } from "immer";

/** A place through which a link is led, in px of the canvas. */
export interface Stop {
  readonly x: number;
  readonly y: number;
}

/** Where the `ui` of the node in which links end keeps their stops, by input. */
const key = "stops";
const none: readonly Stop[] = [];

/** The places through which the link into an input is led, from its start on. */
export function stopsOf(node: Pick<GraphNode, "ui"> | undefined, input: string): readonly Stop[] {
  const all = node?.ui?.[key];
  if (typeof all !== "object" || all === null || Array.isArray(all)) return none;
  const stops: Json | undefined = Object.hasOwn(all, input) ? Reflect.get(all, input) : undefined;
  return Array.isArray(stops) && stops.every(isStop) ? stops : none;
}

function isStop(value: unknown): value is Stop {
  if (typeof value !== "object" || value === null || !("x" in value) || !("y" in value))
    return false;
  return Number.isFinite(value.x) && Number.isFinite(value.y);
}

/** Leads the link into an input through other places, or through none. */
export function setStops(node: Draft<GraphNode>, input: string, stops: readonly Stop[]): void {
  const before = node.ui?.[key];
  if (before === undefined && stops.length === 0) return;
  const { [input]: _, ...others } = { ...(before as Record<string, Draft<Json>> | undefined) };
  const rounded = stops.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
  const next = { ...others, ...(rounded.length === 0 ? {} : { [input]: rounded }) };
  node.ui = { ...node.ui, [key]: next };
  if (Object.keys(next).length === 0) delete node.ui[key];
}

/** Moves the stops of some links into a node. */
export function shiftStops(node: Draft<GraphNode>, inputs: Iterable<string>, by: Stop): void {
  for (const input of inputs) {
    const stops = stopsOf(node as GraphNode, input);
    if (stops.length === 0) continue;
    setStops(
      node,
      input,
      stops.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })),
    );
  }
}

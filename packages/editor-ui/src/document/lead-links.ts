import type { GraphNode } from "@insightgraph/engine/graph";
import type { GraphEdit, InputEnd, Point } from "./edits.ts";
import { type Stop, setStops, stopsOf } from "./link-stops.ts";

/**
 * Leads a link through one more place, between those that it lies nearest to.
 * @param from where the link begins @param to where it ends
 */
export function addStop(
  { node: id, input }: InputEnd,
  at: Stop,
  from: Point,
  to: Point,
): GraphEdit {
  return (draft) => {
    const node = draft.nodes[id];
    if (node === undefined) return;
    const stops = stopsOf(node as GraphNode, input);
    const places = [from, ...stops, to];
    const detours = places.slice(1).map((place, leg) => {
      const before = places[leg] ?? from;
      return distance(before, at) + distance(at, place) - distance(before, place);
    });
    const leg = detours.indexOf(Math.min(...detours));
    setStops(node, input, [...stops.slice(0, leg), at, ...stops.slice(leg)]);
  };
}

/** Moves one of the places through which a link is led. */
export function moveStop({ node: id, input }: InputEnd, index: number, at: Stop): GraphEdit {
  return (draft) => {
    const node = draft.nodes[id];
    if (node === undefined) return;
    setStops(node, input, stopsOf(node as GraphNode, input).with(index, at));
  };
}

/** Leads a link straight again. */
export function clearStops({ node: id, input }: InputEnd): GraphEdit {
  return (draft) => {
    const node = draft.nodes[id];
    if (node !== undefined) setStops(node, input, []);
  };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

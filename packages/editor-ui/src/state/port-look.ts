import {
  entryOf,
  innermostOf,
  isVariable,
  type Link,
  lookOf,
  type PortLook,
} from "@insightgraph/engine/graph";
import { portOf } from "../document/compatibility.ts";
import { nodeOf } from "../document/edits.ts";
import type { PortEnd } from "../document/port-end.ts";
import { type EditorState, graphOf } from "./editor-state.ts";

/**
 * How a port of the graph looks: as its type, and where that is a type variable, as what flows
 * there. @returns undefined for a port that no node type declares
 */
export function portLook(state: EditorState, end: PortEnd): PortLook | undefined {
  const declared = portOf(graphOf(state), state.catalogue, end)?.type;
  if (declared === undefined) return undefined;
  const flowing = isVariable(innermostOf(declared)) ? flowingType(state, end) : undefined;
  return lookOf(state.portTypes, flowing ?? declared);
}

function flowingType(state: EditorState, { node, side, port }: PortEnd): string | undefined {
  const link: Link | undefined =
    side === "output"
      ? { node, output: port }
      : entryOf(nodeOf(graphOf(state), node)?.inputs, port);
  return link === undefined ? undefined : state.typing?.typeOf(link);
}

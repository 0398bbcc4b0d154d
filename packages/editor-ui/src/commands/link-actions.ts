import { placeOf, portOffset } from "../document/boxes.ts";
import { type InputEnd, linkInto, nodeOf, type Point } from "../document/edits.ts";
import { addStop, clearStops } from "../document/lead-links.ts";
import { stopsOf } from "../document/link-stops.ts";
import type { PortEnd } from "../document/port-end.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";

/** How links are led. */
export const linkActions = {
  leadLink: {
    keys: ["Shift+L"],
    menus: ["link"],
    isPossible: (call) => linkOf(call) !== undefined,
    run: leadLink,
  },
  straightenLink: {
    keys: ["Shift+K"],
    menus: ["link"],
    isPossible: (call) => {
      const end = linkOf(call);
      const graph = graphOf(call.editor.store.get());
      return end !== undefined && stopsOf(nodeOf(graph, end.node), end.input).length > 0;
    },
    run(call) {
      const end = linkOf(call);
      if (end !== undefined) call.editor.edit(clearStops(end));
    },
  },
} satisfies Record<string, Action>;

function linkOf({ editor }: ActionCall): InputEnd | undefined {
  return editor.store.get().selection.link;
}

/** Leads the selected link through the place of the menu; by key, through its middle. */
function leadLink(call: ActionCall): void {
  const { editor, canvas, at } = call;
  const end = linkOf(call);
  const graph = graphOf(editor.store.get());
  const link = end && linkInto(graph, end);
  if (end === undefined || link === undefined) return;
  const from = placeOfPort(call, { node: link.node, side: "output", port: link.output });
  const to = placeOfPort(call, { node: end.node, side: "input", port: end.input });
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const place = at === undefined ? middle : (canvas()?.toCanvas(at) ?? middle);
  editor.edit(addStop(end, place, from, to));
}

function placeOfPort({ editor }: ActionCall, end: PortEnd): Point {
  const state = editor.store.get();
  const graph = graphOf(state);
  const { x, y } = placeOf(graph, end.node);
  const offset = portOffset(graph, state.catalogue, end);
  return { x: x + offset.x, y: y + offset.y };
}

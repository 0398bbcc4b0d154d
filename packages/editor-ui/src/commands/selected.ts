import { type Box, boundsOf } from "../document/boxes.ts";
import type { Point } from "../document/edits.ts";
import { freeSpot } from "../document/free-spot.ts";
import { isPortNode } from "../document/levels.ts";
import { graphOf } from "../state/editor-state.ts";
import type { ActionCall } from "./action.ts";

/** The selected nodes of the document, in the order of their selection. */
export function selectedNodes({ editor }: ActionCall): string[] {
  return [...editor.store.get().selection.nodes].filter((id) => !isPortNode(id));
}

/** Whether any node is selected. */
export function hasNodes(call: ActionCall): boolean {
  return selectedNodes(call).length > 0;
}

/** Whether the graph has a node. */
export function hasGraph({ editor }: ActionCall): boolean {
  return Object.keys(graphOf(editor.store.get()).nodes).length > 0;
}

/** Room for a note, or for most nodes, in px. */
const newSize = { width: 240, height: 140 } as const;

/** Where something new goes: where the menu was opened, else the free place nearest to the middle of what is in sight. */
export function placeForNew(call: ActionCall): { readonly at: Point; readonly place: Point } {
  const { canvas, at } = call;
  const { width = 800, height = 600 } = canvas()?.size() ?? {};
  const shown = at ?? { x: width / 2 - 100, y: height / 3 };
  const place = canvas()?.toCanvas(shown) ?? shown;
  return { at: shown, place: at === undefined ? freePlace(call, place) : place };
}

/** Where one node goes that takes the place of others: about their middle, clear of those that stay. */
export function placeInstead(call: ActionCall, ids: readonly string[]): Point | undefined {
  const all = call.canvas()?.boxes();
  const middle = middleOf(ids.flatMap((id) => all?.get(id) ?? []));
  if (middle === undefined) return undefined;
  const corner = { x: middle.x - newSize.width / 2, y: middle.y - newSize.height / 2 };
  return freePlace(call, corner, ids);
}

/** The free place in sight nearest to one on the canvas. @param gone nodes that are about to leave */
function freePlace({ canvas }: ActionCall, wanted: Point, gone: readonly string[] = []): Point {
  const { width = 800, height = 600 } = canvas()?.size() ?? {};
  const { x = 0, y = 0, zoom = 1 } = canvas()?.view.get() ?? {};
  const sight = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const boxes = [...(canvas()?.boxes() ?? [])].filter(([id]) => !gone.includes(id));
  const taken = boxes.map(([, box]) => box);
  return freeSpot(taken, wanted, newSize, sight);
}

function middleOf(boxes: readonly Box[]): Point | undefined {
  const bounds = boundsOf(boxes);
  return bounds && { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
}

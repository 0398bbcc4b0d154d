import {
  type Axis,
  alignNodes,
  arrangeNodes,
  distributeNodes,
  type Edge,
} from "../document/arrange.ts";
import { boundsOf, grown } from "../document/boxes.ts";
import { createMarkId, type Mark, putMark } from "../document/marks.ts";
import { selectMark } from "../document/selection.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";
import { hasGraph, hasNodes, placeForNew, selectedNodes } from "./selected.ts";

/** Where nodes lie, and what stands beside them on the canvas. */
export const arrangeActions = {
  arrange: {
    keys: ["A"],
    menus: ["node", "canvas"],
    isPossible: hasGraph,
    run(call) {
      const graph = graphOf(call.editor.store.get());
      const selected = selectedNodes(call);
      const ids = selected.length > 1 ? selected : Object.keys(graph.nodes);
      call.editor.edit(arrangeNodes(graph, boxesOf(call), ids));
    },
  },
  alignLeft: align("left"),
  alignCentre: align("centre"),
  alignRight: align("right"),
  alignTop: align("top"),
  alignMiddle: align("middle"),
  alignBottom: align("bottom"),
  distributeAcross: distribute("across"),
  distributeDown: distribute("down"),
  snap: { keys: ["Shift+G"], menus: ["canvas"], run: ({ editor }) => editor.toggleSnapping() },
  frame: { keys: ["Shift+F"], menus: ["node"], isPossible: hasNodes, run: frameNodes },
  note: { keys: ["N"], menus: ["canvas"], run: addNote },
  write: {
    keys: [],
    menus: ["mark"],
    isPossible: ({ editor }) => editor.store.get().selection.mark !== undefined,
    run: ({ editor }) => editor.startWriting(editor.store.get().selection.mark),
  },
} satisfies Record<string, Action>;

function align(edge: Edge): Action {
  return {
    keys: [],
    menus: ["node"],
    isPossible: (call) => selectedNodes(call).length > 1,
    run: (call) => call.editor.edit(alignNodes(boxesOf(call), selectedNodes(call), edge)),
  };
}

function distribute(axis: Axis): Action {
  return {
    keys: [],
    menus: ["node"],
    isPossible: (call) => selectedNodes(call).length > 2,
    run: (call) => call.editor.edit(distributeNodes(boxesOf(call), selectedNodes(call), axis)),
  };
}

function boxesOf({ canvas }: ActionCall) {
  return canvas()?.boxes() ?? new Map();
}

/** Around the selected nodes, with room for a title. */
function frameNodes(call: ActionCall): void {
  const boxes = boxesOf(call);
  const bounds = boundsOf(selectedNodes(call).flatMap((id) => boxes.get(id) ?? []));
  if (bounds === undefined) return;
  const { x, y, width, height } = grown(bounds, 20);
  const box = { x, y: y - 24, width, height: height + 24 };
  put(call, { kind: "frame", id: newId(call, "frame"), title: "", colour: "model", ...box });
}

function addNote(call: ActionCall): void {
  const { x, y } = placeForNew(call).place;
  const box = { x, y, width: 240, height: 140 };
  put(call, { kind: "note", id: newId(call, "note"), text: "", ...box });
}

function newId({ editor }: ActionCall, kind: Mark["kind"]): string {
  return createMarkId(graphOf(editor.store.get()), kind);
}

/** A new mark is selected, and its words can be typed at once. */
function put({ editor }: ActionCall, mark: Mark): void {
  editor.edit(putMark(mark));
  editor.select(selectMark(mark));
  editor.startWriting(mark);
}

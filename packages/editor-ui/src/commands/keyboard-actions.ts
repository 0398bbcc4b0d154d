import { type Box, placeOf } from "../document/boxes.ts";
import { moveNodes } from "../document/edits.ts";
import { type Direction, nearestBox } from "../document/nearest-box.ts";
import { selectNodes } from "../document/selection.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";
import { focusFirstPort } from "./port-keys.ts";
import { hasGraph, hasNodes, selectedNodes } from "./selected.ts";

const stepPx = 8;
const ways: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** Walking, moving and linking without a pointer. */
export const keyboardActions = {
  palette: {
    keys: ["Ctrl+K"],
    isGlobal: true,
    run: ({ editor }) => editor.togglePanel("palette"),
  },
  linkByKeys: {
    keys: ["L"],
    menus: ["node"],
    isPossible: hasNodes,
    run: ({ editor }) => editor.togglePanel("link"),
  },
  walkPorts: {
    keys: ["Shift+P"],
    isPossible: hasNodes,
    run: (call) => focusFirstPort(selectedNodes(call).at(-1)),
  },
  walkLeft: walk("left", "ArrowLeft"),
  walkRight: walk("right", "ArrowRight"),
  walkUp: walk("up", "ArrowUp"),
  walkDown: walk("down", "ArrowDown"),
  moveLeft: move("left", "Alt+ArrowLeft"),
  moveRight: move("right", "Alt+ArrowRight"),
  moveUp: move("up", "Alt+ArrowUp"),
  moveDown: move("down", "Alt+ArrowDown"),
} satisfies Record<string, Action>;

/** To the nearest node that way; without a selection, to the first one. */
function walk(direction: Direction, key: string): Action {
  return {
    keys: [key],
    isPossible: hasGraph,
    run(call) {
      const boxes: ReadonlyMap<string, Box> = call.canvas()?.boxes() ?? new Map();
      const from = selectedNodes(call).at(-1);
      const [first] = boxes.keys();
      const next = from === undefined ? first : nearestBox(boxes, from, direction);
      if (next === undefined) return;
      call.editor.select(selectNodes([next]));
      call.canvas()?.focusNode(next);
    },
  };
}

function move(direction: Direction, key: string): Action {
  return {
    keys: [key],
    isPossible: hasNodes,
    run(call: ActionCall) {
      const graph = graphOf(call.editor.store.get());
      const [x, y] = ways[direction];
      const places = selectedNodes(call).map((id) => {
        const at = placeOf(graph, id);
        return [id, { x: at.x + x * stepPx, y: at.y + y * stepPx }] as const;
      });
      call.editor.edit(moveNodes(Object.fromEntries(places)), "move-by-keys");
    },
  };
}

import { placeOf } from "../document/boxes.ts";
import { moveNodes, type Point } from "../document/edits.ts";
import { selectNodes, toggleNode } from "../document/selection.ts";
import { graphOf } from "../state/editor-state.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import type { Press } from "./press.ts";

/**
 * A pressed node is selected, the whole selection follows it, and where they are let go is one edit
 * of the document.
 */
export function pressNode(scene: CanvasScene, id: string, down: PointerEvent): Press {
  const { editor, shift, view } = scene;
  const isAdding = down.shiftKey || down.ctrlKey || down.metaKey;
  const before = editor.store.get().selection;
  const wasSelected = before.nodes.has(id);
  if (isAdding) editor.select(toggleNode(before, id));
  else if (!wasSelected) editor.select(selectNodes([id]));
  const nodes = new Set([...editor.store.get().selection.nodes, id]);
  const offset = (at: Point): Point => {
    const { zoom } = view.get();
    return { x: (at.x - down.clientX) / zoom, y: (at.y - down.clientY) / zoom };
  };
  const settle = () => shift.set(() => undefined);
  return {
    move: (at) => shift.set(() => ({ nodes, ...offset(at) })),
    end(at, _event, isMoved) {
      if (!isMoved) {
        if (wasSelected && !isAdding) editor.select(selectNodes([id]));
        return;
      }
      const by = offset(at);
      const graph = graphOf(editor.store.get());
      const places = [...nodes].map((node) => {
        const { x, y } = placeOf(graph, node);
        return [node, { x: x + by.x, y: y + by.y }] as const;
      });
      editor.edit(moveNodes(Object.fromEntries(places)));
      settle();
    },
    cancel: settle,
  };
}

import { snapped } from "../document/arrange.ts";
import { placeOf } from "../document/boxes.ts";
import { type GraphEdit, linkInto, moveNodes, type Point } from "../document/edits.ts";
import { findInsertionOf, insertNode } from "../document/insert.ts";
import { selectNodes, toggleNode } from "../document/selection.ts";
import { graphOf } from "../state/editor-state.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { linkEndOf } from "./link-end.ts";
import type { Press } from "./press.ts";

/**
 * A pressed node is selected, the whole selection follows it, and where they are let go is one edit
 * of the document.
 */
export function pressNode(scene: CanvasScene, id: string, down: PointerEvent): Press {
  const { editor, shift } = scene;
  const isAdding = down.shiftKey || down.ctrlKey || down.metaKey;
  const before = editor.store.get().selection;
  const wasSelected = before.nodes.has(id);
  if (isAdding) editor.select(toggleNode(before, id));
  else if (!wasSelected) editor.select(selectNodes([id]));
  const nodes = new Set([...editor.store.get().selection.nodes, id]);
  const home = placeOf(graphOf(editor.store.get()), id);
  const offset = (at: Point) => dragOffset(scene, down, at, home);
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
      const insertion = nodes.size === 1 ? insertionAt(scene, id, at) : undefined;
      editor.edit((draft) => {
        moveNodes(Object.fromEntries(places))(draft);
        insertion?.(draft);
      });
      settle();
    },
    cancel: settle,
  };
}

/** How far what lay at `home` has been dragged; onto the grid, where that is on. */
export function dragOffset(
  { editor, view }: CanvasScene,
  down: Pick<PointerEvent, "clientX" | "clientY">,
  at: Point,
  home: Point,
): Point {
  const { zoom } = view.get();
  const by = { x: (at.x - down.clientX) / zoom, y: (at.y - down.clientY) / zoom };
  if (!editor.store.get().isSnapping) return by;
  const place = snapped({ x: home.x + by.x, y: home.y + by.y });
  return { x: place.x - home.x, y: place.y - home.y };
}

/** A node without links that is let go on a link comes between its ends, if it fits there. */
function insertionAt({ editor }: CanvasScene, id: string, at: Point): GraphEdit | undefined {
  const { catalogue } = editor.store.get();
  const graph = graphOf(editor.store.get());
  for (const element of document.elementsFromPoint(at.x, at.y)) {
    const end = linkEndOf(element);
    const link = end && linkInto(graph, end);
    const by = end && findInsertionOf(graph, catalogue, id, end);
    if (end !== undefined && link !== undefined && by !== undefined) {
      return insertNode(id, link, end, by);
    }
  }
  return undefined;
}

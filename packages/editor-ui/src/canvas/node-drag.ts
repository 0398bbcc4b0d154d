import { moveNodes, type Point } from "../document/edits.ts";
import { emptySelection, selectNodes, toggleNode } from "../document/selection.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Area } from "./rete-schemes.ts";

/**
 * Selecting and moving nodes by hand: a pressed node is selected, the whole selection follows it,
 * and where they are let go is one edit of the document.
 */
export function listenToNodeDrags(area: Area, editor: Editor, isSyncing: () => boolean): void {
  const isAdding = trackAddingKeys(area.container);
  let dragged: string | undefined;

  area.addPipe((context) => {
    switch (context.type) {
      case "nodepicked":
        dragged = context.data.id;
        pick(dragged);
        break;
      case "nodetranslated":
        if (!isSyncing() && dragged === context.data.id) takeAlong(context.data);
        break;
      case "nodedragged":
        letGo();
        break;
      default:
    }
    return context;
  });

  function pick(id: string): void {
    const { selection } = editor.store.get();
    if (isAdding()) editor.select(toggleNode(selection, id));
    else if (!selection.nodes.has(id)) editor.select(selectNodes([id]));
  }

  function takeAlong(moved: { id: string; position: Point; previous: Point }): void {
    const x = moved.position.x - moved.previous.x;
    const y = moved.position.y - moved.previous.y;
    for (const id of editor.store.get().selection.nodes) {
      const at = area.nodeViews.get(id)?.position;
      if (id === moved.id || at === undefined) continue;
      void area.translate(id, { x: at.x + x, y: at.y + y });
    }
  }

  function letGo(): void {
    const { selection } = editor.store.get();
    const { nodes } = graphOf(editor.store.get());
    const places: Record<string, Point> = {};
    for (const id of new Set([...selection.nodes, ...(dragged === undefined ? [] : [dragged])])) {
      const at = area.nodeViews.get(id)?.position;
      const ui = nodes[id]?.ui;
      const isMoved = ui?.x !== Math.round(at?.x ?? 0) || ui.y !== Math.round(at?.y ?? 0);
      if (at !== undefined && isMoved) places[id] = at;
    }
    dragged = undefined;
    if (Object.keys(places).length > 0) editor.edit(moveNodes(places));
  }
}

/** A click beside every node clears the selection; a drag does not. */
export function listenToEmptyClicks(container: HTMLElement, editor: Editor): void {
  let start: Point | undefined;
  container.addEventListener("pointerdown", (event) => {
    start = event.target === container ? { x: event.clientX, y: event.clientY } : undefined;
  });
  container.addEventListener("pointerup", (event) => {
    if (start === undefined) return;
    const distance = Math.hypot(event.clientX - start.x, event.clientY - start.y);
    if (distance < 4) editor.select(emptySelection);
    start = undefined;
  });
}

/** @returns whether the last press on the canvas was meant to add to the selection. */
function trackAddingKeys(container: HTMLElement): () => boolean {
  let isAdding = false;
  container.addEventListener(
    "pointerdown",
    (event) => {
      isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    },
    { capture: true },
  );
  return () => isAdding;
}

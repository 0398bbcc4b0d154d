import { type Box, isInside, placeOf } from "../document/boxes.ts";
import { moveNodes, type Point } from "../document/edits.ts";
import { type Mark, type MarkName, markOf, putMark } from "../document/marks.ts";
import { selectMark } from "../document/selection.ts";
import { graphOf } from "../state/editor-state.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import type { Press } from "./press.ts";
import { dragOffset } from "./press-node.ts";

/** The frame or note that an element is part of. */
export function markNameOf(target: EventTarget | null): MarkName | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-mark]") : null;
  const { mark: id, kind } = element?.dataset ?? {};
  if (id === undefined || (kind !== "frame" && kind !== "note")) return undefined;
  return { kind, id };
}

/** A pressed frame or note follows the pointer, a frame with the nodes that lie in it; its corner resizes it. */
export function pressMark(scene: CanvasScene, down: PointerEvent): Press | undefined {
  const { editor, shift } = scene;
  const name = markNameOf(down.target);
  const graph = graphOf(editor.store.get());
  const mark = name && markOf(graph, name);
  if (mark === undefined) return undefined;
  editor.select(selectMark(mark));
  const isResized = down.target instanceof Element && down.target.closest(".mark-corner") !== null;
  const nodes = new Set(isResized || mark.kind === "note" ? [] : heldNodes(scene, mark));
  const moved = (at: Point): { readonly mark: Mark; readonly by: Point } => {
    const by = dragOffset(scene, down, at, mark);
    if (!isResized) return { by, mark: { ...mark, x: mark.x + by.x, y: mark.y + by.y } };
    const width = Math.max(smallest.width, mark.width + by.x);
    const height = Math.max(smallest.height, mark.height + by.y);
    return { by, mark: { ...mark, width, height } };
  };
  const settle = () => shift.set(() => undefined);
  return {
    move(at) {
      const now = moved(at);
      shift.set(() => ({ nodes, mark: now.mark, ...now.by }));
    },
    end(at, _event, isMoved) {
      const { by, mark: now } = moved(at);
      if (isMoved) {
        const places = [...nodes].map((id) => {
          const { x, y } = placeOf(graph, id);
          return [id, { x: x + by.x, y: y + by.y }] as const;
        });
        editor.edit((draft) => {
          putMark(now)(draft);
          moveNodes(Object.fromEntries(places))(draft);
        });
      }
      settle();
    },
    cancel: settle,
  };
}

const smallest = { width: 96, height: 64 } as const;

/** The nodes whose middle lies in a box. */
function heldNodes({ boxes }: CanvasScene, box: Box): string[] {
  return [...boxes()].flatMap(([id, { x, y, width, height }]) =>
    isInside({ x: x + width / 2, y: y + height / 2 }, box) ? [id] : [],
  );
}

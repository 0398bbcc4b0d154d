import { nodeOf, type Point } from "../document/edits.ts";
import { moveStop } from "../document/lead-links.ts";
import { stopsOf } from "../document/link-stops.ts";
import { selectLink } from "../document/selection.ts";
import { graphOf } from "../state/editor-state.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { linkEndOf } from "./link-end.ts";
import type { Press } from "./press.ts";

/** A pressed stop of a link follows the pointer; where it is let go is one edit of the document. */
export function pressStop(scene: CanvasScene, down: PointerEvent): Press | undefined {
  const { editor, shift } = scene;
  const end = linkEndOf(down.target);
  const circle = down.target instanceof SVGElement ? down.target.closest("[data-stop]") : null;
  if (end === undefined || !(circle instanceof SVGElement)) return undefined;
  const index = Number(circle.dataset["stop"]);
  const stops = stopsOf(nodeOf(graphOf(editor.store.get()), end.node), end.input);
  editor.select(selectLink(end));
  const settle = () => shift.set(() => undefined);
  return {
    move(at: Point) {
      const moved = stops.with(index, scene.toCanvas(at));
      shift.set(() => ({ nodes: new Set(), x: 0, y: 0, stop: { end, stops: moved } }));
    },
    end(at, _event, isMoved) {
      if (isMoved) editor.edit(moveStop(end, index, scene.toCanvas(at)));
      settle();
    },
    cancel: settle,
  };
}

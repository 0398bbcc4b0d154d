import { boxBetween, overlaps } from "../document/boxes.ts";
import { emptySelection, selectNodes } from "../document/selection.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import type { Press } from "./press.ts";

/** Draws a box that selects every node it touches; with Ctrl held, in addition to the selected ones. */
export function pressBand(scene: CanvasScene, down: PointerEvent): Press {
  const { editor, band } = scene;
  const start = scene.toCanvas({ x: down.clientX, y: down.clientY });
  const before = down.ctrlKey || down.metaKey ? editor.store.get().selection.nodes : [];
  const settle = () => band.set(() => undefined);
  return {
    move(at) {
      const box = boxBetween(start, scene.toCanvas(at));
      band.set(() => box);
      const touched = [...scene.boxes()].filter(([, other]) => overlaps(other, box));
      editor.select(selectNodes([...before, ...touched.map(([id]) => id)]));
    },
    end: settle,
    cancel: settle,
  };
}

/** A press beside everything: the canvas itself follows, a click selects nothing. */
export function pressEmpty({ editor }: CanvasScene): Press {
  return {
    move() {},
    end(_at, _event, isMoved) {
      if (!isMoved) editor.select(emptySelection);
    },
    cancel() {},
  };
}

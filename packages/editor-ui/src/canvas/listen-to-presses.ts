import { isInside } from "../document/boxes.ts";
import { selectLink } from "../document/selection.ts";
import { portOf } from "../state/port-of.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { linkEndOf } from "./link-end.ts";
import { followPress, type Press } from "./press.ts";
import { pressBand, pressEmpty } from "./press-canvas.ts";
import { pressMark } from "./press-mark.ts";
import { pressNode } from "./press-node.ts";
import { pressPort, pressWithLink } from "./press-port.ts";
import { pressStop } from "./press-stop.ts";

const controls = "input, textarea, select, button, a, .node-field, .node-failure, .node-text";

/** Turns presses on the canvas into selecting, moving, linking, or a box that selects. */
export function listenToPresses(scene: CanvasScene): void {
  scene.container.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const press = begin(scene, event);
    if (press !== undefined) followPress(event, press);
  });
}

/** Whether a press moves the whole canvas: the middle button anywhere, the first one beside everything. */
export function doesPan(scene: CanvasScene, event: PointerEvent): boolean {
  if (event.button === 1) return true;
  return (
    event.button === 0 &&
    !event.shiftKey &&
    scene.editor.store.get().gesture === undefined &&
    !isOnSomething(event.target) &&
    nodeUnder(scene, event) === undefined
  );
}

function begin(scene: CanvasScene, event: PointerEvent): Press | undefined {
  const end = portOf(event.target);
  if (end !== undefined) return pressPort(scene, end, event);
  if (scene.editor.store.get().gesture !== undefined) return pressWithLink(scene);
  const { target } = event;
  if (!(target instanceof Element) || target.closest(controls) !== null) return undefined;
  const id = nodeUnder(scene, event);
  if (id !== undefined) return pressNode(scene, id, event);
  const stop = pressStop(scene, event);
  if (stop !== undefined) return stop;
  const link = linkEndOf(target);
  if (link !== undefined) {
    scene.editor.select(selectLink(link));
    return undefined;
  }
  const mark = pressMark(scene, event);
  if (mark !== undefined) return mark;
  return event.shiftKey ? pressBand(scene, event) : pressEmpty(scene);
}

function isOnSomething(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(".node, [data-input], [data-port], [data-mark]") !== null
  );
}

/** The node at a place, whether it is drawn in detail or as a plain box. */
export function nodeUnder(
  scene: CanvasScene,
  { target, clientX, clientY }: Pick<MouseEvent, "target" | "clientX" | "clientY">,
): string | undefined {
  const drawn = target instanceof Element ? target.closest<HTMLElement>(".node") : null;
  if (drawn !== null || !scene.sight.get().isFar) return drawn?.dataset["node"];
  const at = scene.toCanvas({ x: clientX, y: clientY });
  return [...scene.boxes()].findLast(([, box]) => isInside(at, box))?.[0];
}

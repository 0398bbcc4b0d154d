import type { MenuTarget } from "../state/editor-state.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { nodeUnder } from "./listen-to-presses.ts";
import { endOf } from "./press-port.ts";

/** What a menu on the canvas is about: the port, node or link under it, else the canvas. */
export function menuTarget(scene: CanvasScene, event: MouseEvent): MenuTarget {
  const port = endOf(event.target);
  if (port !== undefined) return { kind: "port", end: port };
  const id = nodeUnder(scene, event);
  if (id !== undefined) return { kind: "node", id };
  const link =
    event.target instanceof Element ? event.target.closest<SVGElement>("[data-input]") : null;
  if (link === null) return { kind: "canvas" };
  const { into: node = "", input = "" } = link.dataset;
  return { kind: "link", end: { node, input } };
}

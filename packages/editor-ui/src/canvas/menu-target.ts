import type { MenuTarget } from "../state/editor-state.ts";
import { portOf } from "../state/port-of.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import { linkEndOf } from "./link-end.ts";
import { nodeUnder } from "./listen-to-presses.ts";
import { markNameOf } from "./press-mark.ts";

/** What a menu on the canvas is about: the port, node, link or mark under it, else the canvas. */
export function menuTarget(scene: CanvasScene, event: MouseEvent): MenuTarget {
  const port = portOf(event.target);
  if (port !== undefined) return { kind: "port", end: port };
  const id = nodeUnder(scene, event);
  if (id !== undefined) return { kind: "node", id };
  const mark = markNameOf(event.target);
  if (mark !== undefined) return { kind: "mark", mark };
  const link = linkEndOf(event.target);
  return link === undefined ? { kind: "canvas" } : { kind: "link", end: link };
}

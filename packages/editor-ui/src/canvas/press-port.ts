import { toSentence } from "../connection/issue-words.ts";
import { fittingEnds, oppositeEnds, whyUnfit } from "../document/compatibility.ts";
import { findConverters } from "../document/converters.ts";
import { connect, disconnect, type InputEnd, linkInto, type Point } from "../document/edits.ts";
import { freeSpot } from "../document/free-spot.ts";
import { type PortEnd, toEndKey } from "../document/port-end.ts";
import { joinPort } from "../state/add-node.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf, type LinkGesture } from "../state/editor-state.ts";
import { portOf } from "../state/port-of.ts";
import type { CanvasScene } from "./canvas-scene.ts";
import type { Press } from "./press.ts";
import { shownBox } from "./sight.ts";

/**
 * Draws a link from a pressed port, or picks up the one that ends there. A port that is clicked
 * stays picked until another press ends the link.
 */
export function pressPort(scene: CanvasScene, pressed: PortEnd, down: PointerEvent): Press {
  const { editor, linkEnd } = scene;
  const { gesture } = editor.store.get();
  const follow = (at: Point) => linkEnd.set(() => scene.toCanvas(at));
  const isPicked = gesture !== undefined;
  if (!isPicked) startLink(editor, pressed);
  follow({ x: down.clientX, y: down.clientY });
  return {
    move: follow,
    end(at, _event, isMoved) {
      const over = portAt(at);
      const isSamePort = over !== undefined && toEndKey(over) === toEndKey(pressed);
      if (!isPicked && !isMoved && isSamePort) return;
      releaseLink(scene, at, over);
    },
    cancel: () => endLink(scene),
  };
}

/** The end of a link that was picked by a click: at a port, or in the open. */
export function pressWithLink(scene: CanvasScene): Press {
  return {
    move: (at) => scene.linkEnd.set(() => scene.toCanvas(at)),
    end: (at) => releaseLink(scene, at, portAt(at)),
    cancel: () => endLink(scene),
  };
}

/** Puts the link in hand back. @returns false when there was none */
export function endLink({ editor, linkEnd }: CanvasScene): boolean {
  const isHeld = editor.store.get().gesture !== undefined;
  linkEnd.set(() => undefined);
  if (isHeld) editor.endLink();
  return isHeld;
}

/** The port whose mark lies at a place of the screen. */
export function portAt({ x, y }: Point): PortEnd | undefined {
  return portOf(document.elementFromPoint(x, y));
}

function startLink(editor: Editor, pressed: PortEnd): void {
  const input: InputEnd = { node: pressed.node, input: pressed.port };
  const link = pressed.side === "input" ? linkInto(graphOf(editor.store.get()), input) : undefined;
  if (link === undefined) editor.startLink(pressed);
  else editor.startLink({ node: link.node, side: "output", port: link.output }, input);
}

function releaseLink(scene: CanvasScene, at: Point, over: PortEnd | undefined): void {
  const { editor } = scene;
  const { gesture } = editor.store.get();
  endLink(scene);
  if (gesture === undefined) return;
  if (over !== undefined) joinLink(scene, gesture, over, at);
  else if (joinNode(scene, gesture, at)) return;
  else if (gesture.detached !== undefined) editor.edit(disconnect(gesture.detached));
  else {
    const task = { kind: "add", from: gesture.from } as const;
    editor.openSearch({ at, place: scene.toCanvas(at), task });
  }
}

/** A link that is let go on a node ends at one of its ports or params: the only one, or the one chosen. */
function joinNode(scene: CanvasScene, { from, detached }: LinkGesture, at: Point): boolean {
  const { editor } = scene;
  const under = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>(".node");
  const node = under?.dataset["node"];
  if (node === undefined || node === from.node || detached !== undefined) return false;
  const state = editor.store.get();
  const graph = graphOf(state);
  const [end, ...others] = fittingEnds(graph, state.catalogue, from, node);
  if (end === undefined) {
    offerConverters(scene, from, oppositeEnds(graph, state.catalogue, from, node), at);
  } else if (others.length === 0) joinPort(editor, from, node, end.port);
  else editor.openSearch({ at, place: scene.toCanvas(at), task: { kind: "join", from, node } });
  return true;
}

/** Lists the nodes through which the link comes to one of some ports; the one chosen is placed beside them. */
function offerConverters(
  scene: CanvasScene,
  from: PortEnd,
  ends: readonly PortEnd[],
  at: Point,
): void {
  const { editor, boxes, container, toCanvas, view } = scene;
  const { clientWidth: width, clientHeight: height } = container;
  const sight = shownBox(view.get(), { width, height });
  const beside = { x: at.x + (from.side === "output" ? -1 : 1) * 240 * view.get().zoom, y: at.y };
  const place = freeSpot(boxes().values(), toCanvas(beside), { width: 220, height: 120 }, sight);
  editor.openSearch({ at, place, task: { kind: "convert", from, ends } });
}

/** Ends the link at a port, where it fits there; else says why not, and offers what converts it. */
function joinLink(
  scene: CanvasScene,
  { from, detached }: LinkGesture,
  end: PortEnd,
  at: Point,
): void {
  const { editor } = scene;
  if (toEndKey(end) === toEndKey(from)) return;
  const state = editor.store.get();
  const reason = whyUnfit(graphOf(state), state.catalogue, from, end);
  if (reason !== undefined) {
    editor.notify({ tone: "info", text: toSentence(reason) });
    const found = findConverters(graphOf(state), state.catalogue, from, [end]);
    if (found.length > 0) offerConverters(scene, from, [end], at);
    return;
  }
  const [start, target] = from.side === "output" ? [from, end] : [end, from];
  const isMoved =
    detached !== undefined && (detached.node !== target.node || detached.input !== target.port);
  editor.edit((draft) => {
    if (isMoved) disconnect(detached)(draft);
    const link = { node: start.node, output: start.port };
    connect(link, { node: target.node, input: target.port })(draft);
  });
}

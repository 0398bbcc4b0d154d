import type { GraphDocument } from "@insightgraph/engine/graph";
import type { Box } from "../document/boxes.ts";
import type { Point } from "../document/edits.ts";
import { readableZoom, smallestFit, startOf, viewOf } from "../document/first-view.ts";
import { type KeptView, suits, type View } from "../document/view.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { createStore, type Store } from "../state/store.ts";
import type { CanvasView } from "../state/workbench.ts";
import type { CanvasScene, Shift } from "./canvas-scene.ts";
import { type Boxes, followBoxes, showNodes } from "./follow-document.ts";
import { doesPan, listenToPresses } from "./listen-to-presses.ts";
import { endLink } from "./press-port.ts";
import { createReteScene, type ReteScene } from "./rete-scene.ts";
import { findSight, isSameSight, noSight, type Sight } from "./sight.ts";
import { goToView, reveal, smallestZoom, toCanvas, zoomTo } from "./viewport.ts";

/** The canvas as its layers draw it, and as the rest of the page drives it. */
export interface DrawnCanvas {
  readonly scene: CanvasScene;
  readonly view: CanvasView;
}

/** Draws the document with Rete and turns gestures on it into edits. */
export function createCanvasView(container: HTMLElement, editor: Editor): DrawnCanvas {
  const rete = createReteScene(container, (event) => doesPan(scene, event));
  const { area } = rete;
  const sight = createStore<Sight>(noSight);
  const shift = createStore<Shift | undefined>(undefined);
  const boxes = followBoxes(rete, editor, () => picture.look());
  const scene: CanvasScene = {
    editor,
    container,
    area,
    view: showView(rete, editor.rememberView),
    holders: rete.holders,
    sight,
    shift,
    linkEnd: createStore<Point | undefined>(undefined),
    band: createStore<Box | undefined>(undefined),
    boxes: boxes.get,
    toCanvas: (at) => toCanvas(area, at),
  };
  const picture = keepInSight(scene, rete, sight, boxes);
  listenToPresses(scene);
  const { view } = scene;
  return {
    scene,
    view: {
      view,
      fit: () => void picture.fit(),
      zoom: (zoom) => void zoomTo(area, zoom),
      pan: ({ x, y }) => void area.area.translate(x, y),
      focusNode: (id) => void picture.focus(id),
      boxes: boxes.get,
      toCanvas: scene.toCanvas,
      abandonLink: () => endLink(scene),
      size: () => ({ width: container.clientWidth, height: container.clientHeight }),
      destroy() {
        picture.stop();
        boxes.stop();
        area.destroy();
      },
    },
  };
}

/** Where the canvas stands, as a store and as custom properties for the dots behind the nodes. */
function showView({ area }: ReteScene, remember: (view: KeptView) => void): Store<View> {
  const view = createStore<View>({ x: 0, y: 0, zoom: 1 });
  const { style } = area.container;
  area.addPipe((context) => {
    if (context.type !== "translated" && context.type !== "zoomed") return context;
    const { x, y, k: zoom } = area.area.transform;
    style.setProperty("--canvas-x", `${x}px`);
    style.setProperty("--canvas-y", `${y}px`);
    style.setProperty("--canvas-zoom", String(zoom));
    view.set(() => ({ x, y, zoom }));
    const { clientWidth: width, clientHeight: height } = area.container;
    remember({ x, y, zoom, width, height });
    return context;
  });
  return view;
}

/** Keeps the nodes in sight drawn, whatever moves: the view, the document or the size of the page. */
function keepInSight(scene: CanvasScene, rete: ReteScene, sight: Store<Sight>, boxes: Boxes) {
  const { container, editor, shift, view } = scene;
  let shown: GraphDocument | undefined;
  let shownLevel = editor.store.get().level;
  let shownDocument: string | undefined;
  let wanted: string | undefined;
  let work = Promise.resolve();
  let isWaiting = false;
  let isLooking = false;

  const show = () => {
    isWaiting = false;
    return showNodes(rete, graphOf(editor.store.get()), sight.get(), shift.get());
  };
  const draw = (): Promise<void> => {
    if (!isWaiting) work = work.then(show);
    isWaiting = true;
    return work;
  };
  const lookNow = () => {
    isLooking = false;
    const { clientWidth: width, clientHeight: height } = container;
    const kept = [focusedNode(container), wanted].filter((id) => id !== undefined);
    const next = findSight(boxes.get(), view.get(), { width, height }, kept);
    sight.set((before) => (isSameSight(before, next) ? before : next));
    return draw();
  };
  const look = () => {
    if (!isLooking) requestAnimationFrame(() => isLooking && void lookNow());
    isLooking = true;
  };
  /** What was last fitted, until a person moves the canvas. */
  let fitted: { readonly view: View; readonly smallest: number } | undefined;
  const fit = async (smallest: number) => {
    const { clientWidth: width, clientHeight: height } = container;
    const { catalogue } = editor.store.get();
    const start = startOf(graphOf(editor.store.get()), catalogue);
    const next = viewOf(boxes.get(), { width, height }, smallest, start);
    if (next === undefined) return;
    await goToView(rete.area, next);
    fitted = { view: view.get(), smallest };
  };
  /** Asked again of what is fitted already, it shows the whole graph, however small. */
  const fitAgain = () => {
    const isFitted = view.get() === fitted?.view && fitted.smallest <= smallestFit;
    return fit(isFitted ? smallestZoom : smallestFit);
  };
  const goTo = (lastView: KeptView | undefined) => {
    const { clientWidth: width, clientHeight: height } = container;
    const isKept = lastView !== undefined && suits(lastView, { width, height });
    return isKept ? goToView(rete.area, lastView) : fit(readableZoom);
  };
  const follow = () => {
    const graph = graphOf(editor.store.get());
    if (graph === shown) return;
    shown = graph;
    const { document, lastView, level } = editor.store.get();
    const isOther = document?.id !== shownDocument;
    const isOtherLevel = level !== shownLevel;
    shownDocument = document?.id;
    shownLevel = level;
    if (isOther) void goTo(lastView).then(lookNow);
    else if (isOtherLevel) void goTo(undefined).then(lookNow);
    else void lookNow();
  };
  const resized = new ResizeObserver(() => {
    if (fitted !== undefined && view.get() === fitted.view) void fit(fitted.smallest);
    look();
  });
  resized.observe(container);
  const stops = [
    editor.store.subscribe(follow),
    view.subscribe(look),
    shift.subscribe(() => void draw()),
    () => resized.disconnect(),
  ];
  follow();
  return {
    look,
    fit: fitAgain,
    async focus(id: string): Promise<void> {
      const box = boxes.get().get(id);
      if (box === undefined) return;
      if (!focusHolder(rete, id)) {
        wanted = id;
        await lookNow();
        // React draws into the new holder before the next frame.
        await new Promise((resolve) => requestAnimationFrame(resolve));
        focusHolder(rete, id);
        wanted = undefined;
      }
      await reveal(rete.area, box);
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** @returns false when the node is not drawn */
function focusHolder({ holders }: ReteScene, id: string): boolean {
  const node = holders.get().get(id)?.querySelector<HTMLElement>(".node");
  node?.focus({ preventScroll: true });
  return node !== null && node !== undefined;
}

function focusedNode(container: HTMLElement): string | undefined {
  const { activeElement } = document;
  if (activeElement === null || !container.contains(activeElement)) return undefined;
  return activeElement.closest<HTMLElement>(".node")?.dataset["node"];
}

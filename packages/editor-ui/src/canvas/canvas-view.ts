import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { createStore, type Store } from "../state/store.ts";
import type { CanvasView, View } from "../state/workbench.ts";
import type { CanvasParts } from "./canvas-parts.tsx";
import { createLinkFlow, type LinkFlow } from "./link-flow.ts";
import { listenToEmptyClicks, listenToNodeDrags } from "./node-drag.ts";
import { createReteScene, type ReteScene } from "./rete-scene.ts";
import { syncGraph } from "./sync-graph.ts";
import { fitAll, nodeBoxes, reveal, toCanvas, toScreen, zoomTo } from "./viewport.ts";

/** Draws the document with Rete and turns gestures on it into edits. */
export function createCanvasView(
  container: HTMLElement,
  editor: Editor,
  parts: CanvasParts,
): CanvasView {
  const flows: LinkFlow[] = [];
  const scene = createReteScene(container, parts, (area) => {
    const flow = createLinkFlow(editor, (from) => {
      const place = area.area.pointer;
      editor.openSearch({ at: toScreen(area, place), place, from });
    });
    flows.push(flow);
    return flow;
  });
  const { area } = scene;
  const view = showView(scene);
  const document = followDocument(scene, editor);
  listenToNodeDrags(area, editor, document.isSyncing);
  listenToEmptyClicks(container, editor);

  return {
    view,
    fit: () => void fitAll(area),
    zoom: (zoom) => void zoomTo(area, zoom),
    pan: ({ x, y }) => void area.area.translate(x, y),
    focusNode(id) {
      void reveal(area, id);
      const element = area.nodeViews.get(id)?.element.querySelector(".node");
      if (element instanceof HTMLElement) element.focus({ preventScroll: true });
    },
    boxes: () => nodeBoxes(area),
    toCanvas: (at) => toCanvas(area, at),
    abandonLink() {
      const held = flows.filter((flow) => flow.getPickedSocket() !== undefined);
      for (const flow of held) flow.abandon();
      if (held.length > 0) scene.connection.drop();
      return held.length > 0;
    },
    size: () => ({ width: container.clientWidth, height: container.clientHeight }),
    destroy() {
      document.stop();
      area.destroy();
    },
  };
}

/** Where the canvas stands, as a store and as custom properties for the dots behind the nodes. */
function showView({ area }: ReteScene): Store<View> {
  const view = createStore<View>({ x: 0, y: 0, zoom: 1 });
  const { style } = area.container;
  area.addPipe((context) => {
    if (context.type !== "translated" && context.type !== "zoomed") return context;
    const { x, y, k: zoom } = area.area.transform;
    style.setProperty("--canvas-x", `${x}px`);
    style.setProperty("--canvas-y", `${y}px`);
    style.setProperty("--canvas-zoom", String(zoom));
    view.set(() => ({ x, y, zoom }));
    return context;
  });
  return view;
}

/** Brings each state of the document onto the canvas, one after the other. */
function followDocument({ rete, area }: ReteScene, editor: Editor) {
  let shown: ReturnType<typeof graphOf> | undefined;
  let work = Promise.resolve();
  let isSyncing = false;

  const show = async (graph: ReturnType<typeof graphOf>, isOther: boolean) => {
    isSyncing = true;
    try {
      await syncGraph(graph, rete, area);
    } finally {
      isSyncing = false;
    }
    if (isOther) await fitAll(area);
  };
  const follow = () => {
    const graph = graphOf(editor.store.get());
    if (graph === shown) return;
    const before = shown?.nodes ?? {};
    shown = graph;
    // A graph that keeps no node of the one before is another graph.
    const isOther = !Object.keys(graph.nodes).some((id) => Object.hasOwn(before, id));
    work = work.then(() => show(graph, isOther));
  };
  const stop = editor.store.subscribe(follow);
  follow();
  return { stop, isSyncing: () => isSyncing };
}

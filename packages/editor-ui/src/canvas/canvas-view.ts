import { createRoot } from "react-dom/client";
import { NodeEditor } from "rete";
import { AreaPlugin } from "rete-area-plugin";
import { ConnectionPlugin } from "rete-connection-plugin";
import { Presets, type ReactArea2D, ReactPlugin } from "rete-react-plugin";
import { classicConnectionPath, getDOMSocketPosition } from "rete-render-utils";
import { moveNodes, type Point } from "../document/edits.ts";
import { emptySelection, selectNodes, toggleNode } from "../document/selection.ts";
import type { Editor } from "../editor.ts";
import { graphOf } from "../editor-state.ts";
import { createStore, type Store } from "../store.ts";
import type { CanvasParts } from "./canvas-parts.tsx";
import { createLinkFlow } from "./link-flow.ts";
import type { Schemes } from "./rete-schemes.ts";
import { syncGraph } from "./sync-graph.ts";
import {
  type Box,
  fitAll,
  largestZoom,
  nodeBoxes,
  reveal,
  smallestZoom,
  toCanvas,
  zoomTo,
} from "./viewport.ts";

export interface View extends Point {
  readonly zoom: number;
}

/** What the rest of the page may ask of the drawn canvas. */
export interface CanvasView {
  readonly view: Store<View>;
  fit(): void;
  zoom(zoom: number): void;
  pan(to: Point): void;
  /** Brings a node into sight and gives it the keyboard. */
  focusNode(id: string): void;
  boxes(): Map<string, Box>;
  toCanvas(at: Point): Point;
  /** @returns false when no link was being dragged. */
  abandonLink(): boolean;
  size(): { readonly width: number; readonly height: number };
  destroy(): void;
}

const curvature = 0.42;

/** Draws the document with Rete and turns gestures on it into edits. */
export function createCanvasView(
  container: HTMLElement,
  editor: Editor,
  parts: CanvasParts,
): CanvasView {
  const rete = new NodeEditor<Schemes>();
  const area = new AreaPlugin<Schemes, ReactArea2D<Schemes>>(container);
  const connection = new ConnectionPlugin<Schemes, ReactArea2D<Schemes>>();
  const render = new ReactPlugin<Schemes, ReactArea2D<Schemes>>({ createRoot });
  const view = createStore<View>({ x: 0, y: 0, zoom: 1 });

  const flow = createLinkFlow(editor, (from) => {
    const at = screenPoint(container, area.area.pointer, area.area.transform);
    editor.patch({ search: { at, place: area.area.pointer, from } });
  });
  connection.addPreset(() => flow);
  render.addPreset(
    Presets.classic.setup({
      socketPositionWatcher: getDOMSocketPosition({ offset: (position) => position }),
      customize: {
        node: () => parts.node,
        connection: () => parts.link,
        socket: () => parts.socket,
      },
    }),
  );
  render.addPipe((context) => {
    if (context === undefined || typeof context !== "object" || !("type" in context))
      return context;
    if (context.type !== "connectionpath") return context;
    const { points } = context.data;
    const [start, end] = points;
    if (start === undefined || end === undefined) return context;
    const path = classicConnectionPath([start, end], curvature);
    return { ...context, data: { ...context.data, path } };
  });

  rete.use(area);
  area.use(connection);
  area.use(render);
  const isAdding = trackKeys(container);
  let dragged: string | undefined;
  let isSyncing = false;

  area.addPipe((context) => {
    switch (context.type) {
      case "zoom": {
        const { zoom, source } = context.data;
        const isInBounds = zoom >= smallestZoom && zoom <= largestZoom;
        return source === "dblclick" || !isInBounds ? undefined : context;
      }
      case "translated":
      case "zoomed":
        showView();
        break;
      case "nodepicked":
        pickNode(context.data.id);
        break;
      case "nodetranslated":
        if (!isSyncing && dragged === context.data.id) dragAlong(context.data);
        break;
      case "nodedragged":
        drop();
        break;
      default:
    }
    return context;
  });

  function showView(): void {
    const { x, y, k: zoom } = area.area.transform;
    container.style.setProperty("--canvas-x", `${x}px`);
    container.style.setProperty("--canvas-y", `${y}px`);
    container.style.setProperty("--canvas-zoom", String(zoom));
    view.set(() => ({ x, y, zoom }));
  }

  function pickNode(id: string): void {
    const { selection } = editor.store.get();
    if (isAdding()) editor.select(toggleNode(selection, id));
    else if (!selection.nodes.includes(id)) editor.select(selectNodes([id]));
    dragged = id;
  }

  function dragAlong(moved: { id: string; position: Point; previous: Point }): void {
    const by = {
      x: moved.position.x - moved.previous.x,
      y: moved.position.y - moved.previous.y,
    };
    for (const id of editor.store.get().selection.nodes) {
      const at = area.nodeViews.get(id)?.position;
      if (id !== moved.id && at !== undefined) {
        void area.translate(id, { x: at.x + by.x, y: at.y + by.y });
      }
    }
  }

  function drop(): void {
    const { nodes } = editor.store.get().selection;
    const ids = dragged === undefined ? nodes : [...new Set([...nodes, dragged])];
    dragged = undefined;
    const places = ids.flatMap((id) => {
      const at = area.nodeViews.get(id)?.position;
      return at === undefined ? [] : [[id, at] as const];
    });
    const { nodes: known } = graphOf(editor.store.get());
    const moved = places.filter(([id, at]) => {
      const ui = known[id]?.ui;
      return ui?.x !== Math.round(at.x) || ui.y !== Math.round(at.y);
    });
    if (moved.length > 0) editor.edit(moveNodes(Object.fromEntries(moved)));
  }

  let shown = graphOf(editor.store.get());
  let work = Promise.resolve();
  let isFirst = true;
  const sync = () => {
    const graph = graphOf(editor.store.get());
    const isWhole = !Object.keys(graph.nodes).some((id) => Object.hasOwn(shown.nodes, id));
    if (graph === shown && !isFirst) return;
    isFirst = false;
    shown = graph;
    work = work.then(async () => {
      isSyncing = true;
      try {
        await syncGraph(graph, rete, area);
      } finally {
        isSyncing = false;
      }
      if (isWhole) await fitAll(area);
    });
  };
  const unsubscribe = editor.store.subscribe(sync);
  sync();
  listenForEmptyClicks(container, editor);

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
      if (flow.getPickedSocket() === undefined) return false;
      flow.abandon();
      connection.drop();
      return true;
    },
    size: () => ({ width: container.clientWidth, height: container.clientHeight }),
    destroy() {
      unsubscribe();
      area.destroy();
    },
  };
}

function screenPoint(
  container: HTMLElement,
  at: Point,
  transform: { readonly x: number; readonly y: number; readonly k: number },
): Point {
  const { left, top } = container.getBoundingClientRect();
  return { x: at.x * transform.k + transform.x + left, y: at.y * transform.k + transform.y + top };
}

/** @returns whether the last press on the canvas was meant to add to the selection. */
function trackKeys(container: HTMLElement): () => boolean {
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

/** A click beside every node clears the selection; a drag does not. */
function listenForEmptyClicks(container: HTMLElement, editor: Editor): void {
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

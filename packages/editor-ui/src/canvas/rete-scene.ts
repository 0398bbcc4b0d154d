import { ClassicPreset, NodeEditor } from "rete";
import { type Area2D, AreaPlugin, Drag } from "rete-area-plugin";
import { createStore, type ReadableStore } from "../state/store.ts";
import type { Area, Schemes } from "./area.ts";
import { largestZoom, smallestZoom } from "./viewport.ts";

/** Elements that Rete has placed on the canvas, by node id. */
export type Holders = ReadonlyMap<string, HTMLElement>;

/** Rete as the page uses it: a plane that pans and zooms, with an element for each node in sight. */
export interface ReteScene {
  readonly rete: NodeEditor<Schemes>;
  readonly area: Area;
  readonly holders: ReadableStore<Holders>;
  show(id: string): Promise<void>;
  hide(id: string): Promise<void>;
}

/** @param doesPan whether a press moves the whole canvas */
export function createReteScene(
  container: HTMLElement,
  doesPan: (event: PointerEvent) => boolean,
): ReteScene {
  const rete = new NodeEditor<Schemes>();
  const area: Area = new AreaPlugin<Schemes, Area2D<Schemes>>(container);
  const holders = createStore<Holders>(new Map());
  rete.use(area);
  area.area.setDragHandler(new Drag({ down: doesPan, move: () => true }));
  area.addPipe((context) => {
    if (context.type !== "zoom") return context;
    const { zoom, source } = context.data;
    const isInBounds = zoom >= smallestZoom && zoom <= largestZoom;
    // A double click searches for a node instead.
    return source === "dblclick" || !isInBounds ? undefined : context;
  });
  const put = (id: string, element: HTMLElement | undefined) =>
    holders.set((before) => {
      const after = new Map(before);
      if (element === undefined) after.delete(id);
      else after.set(id, element);
      return after;
    });
  return {
    rete,
    area,
    holders,
    async show(id) {
      if (rete.getNode(id) !== undefined) return;
      const node = new ClassicPreset.Node(id);
      node.id = id;
      await rete.addNode(node);
      const view = area.nodeViews.get(id);
      // Nodes are dragged by the page itself, in sight or not.
      view?.dragHandler.destroy();
      put(id, view?.element);
    },
    async hide(id) {
      put(id, undefined);
      await rete.removeNode(id);
    },
  };
}

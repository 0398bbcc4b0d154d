import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import { type Box, nodeBoxes, placeOf } from "../document/boxes.ts";
import type { Point } from "../document/edits.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Shift } from "./canvas-scene.ts";
import type { ReteScene } from "./rete-scene.ts";
import type { Sight } from "./sight.ts";

type Size = Pick<Box, "width" | "height">;

/** Where nodes lie and how large they are, without asking the browser to lay out anything. */
export interface Boxes {
  get(): ReadonlyMap<string, Box>;
  stop(): void;
}

/** Nodes have the size that they were last drawn in, or the one that is expected of them. */
export function followBoxes({ holders }: ReteScene, editor: Editor, changed: () => void): Boxes {
  const drawn = new Map<string, Size>();
  let known:
    | { graph: GraphDocument; catalogue: NodeCatalogue; boxes: Map<string, Box> }
    | undefined;
  const observed = new Map<string, HTMLElement>();
  const observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const id = target instanceof HTMLElement ? target.dataset["holder"] : undefined;
      const { width, height } = contentRect;
      if (id !== undefined && height > 0) drawn.set(id, { width, height });
    }
    known = undefined;
    changed();
  });
  const stop = holders.subscribe(() => {
    const now = holders.get();
    for (const [id, element] of observed) {
      if (now.get(id) === element) continue;
      observer.unobserve(element);
      observed.delete(id);
    }
    for (const [id, element] of now) {
      if (observed.has(id)) continue;
      element.dataset["holder"] = id;
      observer.observe(element);
      observed.set(id, element);
    }
  });
  return {
    get() {
      const { catalogue } = editor.store.get();
      const graph = graphOf(editor.store.get());
      if (known?.graph !== graph || known.catalogue !== catalogue) {
        known = { graph, catalogue, boxes: nodeBoxes(graph, catalogue, drawn) };
      }
      return known.boxes;
    },
    stop() {
      stop();
      observer.disconnect();
    },
  };
}

/** Where a node is drawn: its place in the document, and on its way while it is dragged. */
export function shownPlace(graph: GraphDocument, shift: Shift | undefined, id: string): Point {
  const { x, y } = placeOf(graph, id);
  return shift?.nodes.has(id) === true ? { x: x + shift.x, y: y + shift.y } : { x, y };
}

/** Makes Rete hold the nodes in sight, each at its place. */
export async function showNodes(
  { rete, area, show, hide }: ReteScene,
  graph: GraphDocument,
  { nodes }: Sight,
  shift: Shift | undefined,
): Promise<void> {
  for (const { id } of [...rete.getNodes()]) {
    if (!nodes.has(id) || !Object.hasOwn(graph.nodes, id)) await hide(id);
  }
  for (const id of nodes) {
    if (!Object.hasOwn(graph.nodes, id)) continue;
    await show(id);
    const at = shownPlace(graph, shift, id);
    const shown = area.nodeViews.get(id)?.position;
    if (shown?.x !== at.x || shown.y !== at.y) await area.translate(id, at);
  }
}

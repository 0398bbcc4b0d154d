import { memo, type PointerEvent, type ReactNode } from "react";
import { type Box, boundsOf } from "../document/boxes.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { CanvasView } from "../state/workbench.ts";

interface MinimapProps {
  readonly editor: Editor;
  readonly canvas: CanvasView;
}

/** The whole graph small, with the part in sight framed; a press goes there. */
export function Minimap({ editor, canvas }: MinimapProps): ReactNode {
  const { x, y, zoom } = useStore(canvas.view, (view) => view);
  useStore(editor.store, graphOf);
  const boxes = canvas.boxes();
  const size = canvas.size();
  const sight: Box = {
    x: -x / zoom,
    y: -y / zoom,
    width: size.width / zoom,
    height: size.height / zoom,
  };
  const graph = boundsOf(boxes.values());
  const bounds = graph === undefined ? undefined : boundsOf([graph, sight]);
  // Nothing to find when the whole graph is in sight.
  if (graph === undefined || bounds === undefined || contains(sight, graph)) return null;
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const matrix = event.currentTarget.getScreenCTM();
    if (matrix === null) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    canvas.pan({ x: size.width / 2 - at.x * zoom, y: size.height / 2 - at.y * zoom });
  };
  return (
    <svg
      className="minimap"
      viewBox={`${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`}
      aria-hidden="true"
      onPointerDown={go}
      onPointerMove={go}
    >
      <MinimapNodes boxes={boxes} />
      <rect className="minimap-sight" {...sight} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** All nodes as one path, however many. */
const MinimapNodes = memo(function MinimapNodes({
  boxes,
}: {
  readonly boxes: ReadonlyMap<string, Box>;
}): ReactNode {
  const path = [...boxes.values()]
    .map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`)
    .join("");
  return <path className="minimap-node" d={path} />;
});

function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}

import type { ReactNode } from "react";
import { useStore } from "../state/store.ts";
import type { CanvasView } from "../state/workbench.ts";

export function CanvasControls({ canvas }: { readonly canvas: CanvasView }): ReactNode {
  const zoom = useStore(canvas.view, (view) => view.zoom);
  return (
    <div className="canvas-controls" role="toolbar" aria-label="View">
      <button
        type="button"
        className="button"
        aria-label="Zoom out"
        onClick={() => canvas.zoom(zoom / 1.2)}
      >
        −
      </button>
      <button
        type="button"
        className="button canvas-zoom"
        title="Show at 100 % (1)"
        onClick={() => canvas.zoom(1)}
      >
        {Math.round(zoom * 100)} %
      </button>
      <button
        type="button"
        className="button"
        aria-label="Zoom in"
        onClick={() => canvas.zoom(zoom * 1.2)}
      >
        +
      </button>
      <button
        type="button"
        className="button"
        title="Show the whole graph (F)"
        onClick={() => canvas.fit()}
      >
        Fit
      </button>
    </div>
  );
}

import type { ReactNode } from "react";
import { useStore } from "../state/store.ts";
import type { CanvasView } from "../state/workbench.ts";

/** Buttons that zoom the canvas. */
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
        title="Zoom to 100 % (1)"
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
        title="Fit the graph on screen (F)"
        onClick={() => canvas.fit()}
      >
        Fit
      </button>
    </div>
  );
}

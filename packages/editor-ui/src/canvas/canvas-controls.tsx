import type { ReactNode } from "react";
import { words } from "../messages/messages.ts";
import { useStore } from "../state/store.ts";
import type { CanvasView } from "../state/workbench.ts";

/** Buttons that zoom the canvas. */
export function CanvasControls({ canvas }: { readonly canvas: CanvasView }): ReactNode {
  const zoom = useStore(canvas.view, (view) => view.zoom);
  return (
    <div className="canvas-controls" role="toolbar" aria-label={words.page.view}>
      <button
        type="button"
        className="button"
        aria-label={words.page.zoomOut}
        onClick={() => canvas.zoom(zoom / 1.2)}
      >
        −
      </button>
      <button
        type="button"
        className="button canvas-zoom"
        title={words.page.actualSize}
        onClick={() => canvas.zoom(1)}
      >
        {Math.round(zoom * 100)} %
      </button>
      <button
        type="button"
        className="button"
        aria-label={words.page.zoomIn}
        onClick={() => canvas.zoom(zoom * 1.2)}
      >
        +
      </button>
      <button
        type="button"
        className="button"
        title={words.page.fitHint}
        onClick={() => canvas.fit()}
      >
        {words.page.fit}
      </button>
    </div>
  );
}

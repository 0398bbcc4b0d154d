import type { CanvasView } from "./canvas/canvas-view.ts";
import type { Editor } from "./editor.ts";

/** The editor together with the canvas it is drawn on; commands act on both. */
export interface Workbench {
  readonly editor: Editor;
  canvas(): CanvasView | undefined;
}

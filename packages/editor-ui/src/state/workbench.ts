import type { Box } from "../document/boxes.ts";
import type { Point } from "../document/edits.ts";
import type { View } from "../document/view.ts";
import type { Editor } from "./editor.ts";
import type { ReadableStore } from "./store.ts";

/** The editor together with the canvas it is drawn on; commands act on both. */
export interface Workbench {
  readonly editor: Editor;
  canvas(): CanvasView | undefined;
}

/** What the rest of the page may ask of the drawn canvas. */
export interface CanvasView {
  readonly view: ReadableStore<View>;
  fit(): void;
  zoom(zoom: number): void;
  pan(to: Point): void;
  /** Brings a node into sight and gives it the keyboard focus. */
  focusNode(id: string): void;
  boxes(): ReadonlyMap<string, Box>;
  toCanvas(at: Point): Point;
  /** @returns false when no link was being dragged. */
  abandonLink(): boolean;
  size(): { readonly width: number; readonly height: number };
  destroy(): void;
}

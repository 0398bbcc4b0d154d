import type { Box } from "../document/boxes.ts";
import type { InputEnd, Point } from "../document/edits.ts";
import type { Mark } from "../document/marks.ts";
import type { View } from "../document/view.ts";
import type { Editor } from "../state/editor.ts";
import type { ReadableStore, Store } from "../state/store.ts";
import type { Area } from "./area.ts";
import type { Holders } from "./rete-scene.ts";
import type { Sight } from "./sight.ts";

/** Nodes that are being dragged, and how far from their places in the document. */
export interface Shift extends Point {
  readonly nodes: ReadonlySet<string>;
  /** A frame or note that moves along, or is drawn larger. */
  readonly mark?: Mark;
  /** A link one of whose stops is being moved, and its stops on the way. */
  readonly stop?: { readonly end: InputEnd; readonly stops: readonly Point[] };
}

/** What the layers of the canvas draw from, and what gestures on it change. */
export interface CanvasScene {
  readonly editor: Editor;
  readonly container: HTMLElement;
  readonly area: Area;
  readonly view: ReadableStore<View>;
  readonly holders: ReadableStore<Holders>;
  readonly sight: ReadableStore<Sight>;
  readonly shift: Store<Shift | undefined>;
  /** The loose end of a link that is being drawn. */
  readonly linkEnd: Store<Point | undefined>;
  /** The box that is being drawn to select what lies in it. */
  readonly band: Store<Box | undefined>;
  boxes(): ReadonlyMap<string, Box>;
  toCanvas(at: Point): Point;
}

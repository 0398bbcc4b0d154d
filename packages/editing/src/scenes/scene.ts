import type { Picture } from "../pictures/picture.ts";
import type { PlaceName } from "./places.ts";

/** What an edit does to an object. */
export type SceneOperation = "remove" | "add" | "replace" | "recolor";
/** Whether an instruction names its object (simple) or describes it (reasoning). */
export type SceneKind = "simple" | "reasoning";
/** Which half of the data a scene belongs to. */
export type SceneSplit = "train" | "evaluation";

/** All operations; the order is part of the data set. */
export const sceneOperations = [
  "remove",
  "add",
  "replace",
  "recolor",
] as const satisfies readonly SceneOperation[];
/** Side of a scene in pixels. */
export const sceneSize = 128;

/** A rectangle in pixels, inside the canvas. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An object and where it is. */
export interface PlacedObject {
  /** Index into `sceneObjects`. */
  readonly index: number;
  readonly name: string;
  readonly place: PlaceName;
  readonly box: Box;
  /** Intended centre; the box may be shifted to stay inside the canvas. */
  readonly centre: { readonly x: number; readonly y: number };
}

/** One edit: a picture, an instruction, and the picture that the instruction asks for. */
export interface Scene {
  readonly size: typeof sceneSize;
  readonly source: Picture;
  readonly target: Picture;
  readonly background: Picture;
  readonly instruction: string;
  readonly operation: SceneOperation;
  readonly kind: SceneKind;
  /** 128 x 128, 1 where source and target differ. */
  readonly mask: Uint8Array;
  /** Index of the object that is removed or recoloured, or -1. */
  readonly gone: number;
  /** Index of the object that is added, or -1. */
  readonly come: number;
  /** Index into `tints` of the new colour, or -1. */
  readonly tint: number;
  readonly caption: string;
  readonly targetCaption: string;
  /** Objects in the source. */
  readonly objects: readonly PlacedObject[];
  /** Objects in the target. */
  readonly targetObjects: readonly PlacedObject[];
}

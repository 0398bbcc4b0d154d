import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener } from "./open-network.ts";

/** A rectangle in pixels from the picture's top left corner; right and bottom lie just outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An object in a picture. */
export interface Detection {
  /** What it is, by the detector's own name or in the words that it was looked for by. */
  readonly label: string;
  /** What a caption says of it. */
  readonly description?: string;
  /** How sure the detector is, from 0 to 1. */
  readonly score: number;
  readonly box: Box;
}

/** Which objects are looked for. */
export interface DetectOptions {
  /** Least score. */
  readonly threshold: number;
  /** Kinds that are wanted. @default all */
  readonly labels?: readonly string[] | undefined;
  /** Whether the picture is looked at in every way, at twice the time. @default only until something is found */
  readonly isThorough?: boolean | undefined;
}

/** Finds objects of known kinds. */
export interface Detector {
  /** Names of the kinds that it knows. */
  readonly labels: readonly string[];
  /** Objects, surest first; of one kind, boxes that overlap by half are one object. */
  detect(
    opener: NetworkOpener,
    picture: Picture,
    options: DetectOptions,
  ): Promise<readonly Detection[]>;
}

/** Area of what two boxes share over the area of both. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const area = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);
  const shared = width * height;
  return shared / (area(a) + area(b) - shared);
}

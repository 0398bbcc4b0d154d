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

/** Finds objects in a picture. */
export interface Detector {
  /** Names of the kinds that it knows; undefined where it finds whatever words name, and has to be given some. */
  readonly labels: readonly string[] | undefined;
  /** Objects, surest first; of one kind, boxes that overlap by half are one object. */
  detect(
    opener: NetworkOpener,
    picture: Picture,
    options: DetectOptions,
  ): Promise<readonly Detection[]>;
}

/** Detections of one kind overlapping more than this are one object. */
const overlapLimit = 0.5;

/** Keeps the surest of detections of one kind that overlap, surest first. */
export function suppress(found: readonly Detection[]): readonly Detection[] {
  const kept: Detection[] = [];
  for (const one of found.toSorted((a, b) => b.score - a.score)) {
    const isKnown = kept.some(
      ({ label, box }) => label === one.label && intersectionOverUnion(box, one.box) > overlapLimit,
    );
    if (!isKnown) kept.push(one);
  }
  return kept;
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

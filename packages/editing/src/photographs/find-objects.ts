import type { Box, Detection, DetectOptions, Detector } from "../architectures/detector.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { unfitArgument } from "../errors.ts";
import type { Picture } from "../pictures/picture.ts";
import { requireLabel } from "./detector-label.ts";
import { objectKinds } from "./object-words.ts";

/** Which objects are wanted. */
export interface FindOptions {
  /** The detector's name of a kind, or a phrase; "" for every kind. */
  readonly kind: string;
  /** All objects of the kind, or the most salient one. */
  readonly isAll: boolean;
  readonly threshold: number;
}

/** What was found: the objects that are wanted, and all others that do not hold one of them. */
export interface FoundObjects {
  readonly objects: readonly Detection[];
  readonly others: readonly Detection[];
  /** Words of the phrase that had no effect. */
  readonly ignored: readonly string[];
}

function nothingFound({ kind, threshold }: FindOptions, others: readonly Detection[]) {
  const names = [...new Set(others.map(({ label }) => label))];
  const seen = names.length > 0 ? `It finds ${names.join(", ")}. ` : "";
  return unfitArgument(
    "image",
    `no ${kind === "" ? "object" : kind} is found in the picture with a score of at least ${threshold}.`,
    `${seen}Name another object, lower the threshold, or give a mask of your own.`,
  );
}

/** Looks for all kinds that the detector knows, or for COCO's where it has to be told. */
export function findEveryKind(
  opener: NetworkOpener,
  detector: Detector,
  picture: Picture,
  options: Omit<DetectOptions, "labels">,
): Promise<readonly Detection[]> {
  const labels = detector.labels === undefined ? objectKinds() : undefined;
  return detector.detect(opener, picture, { ...options, labels });
}

/** Finds the objects of one kind. Throws: argument.unfit at `kind` where no such kind is known, at `image` where none is found. */
export async function findObjects(
  opener: NetworkOpener,
  detector: Detector,
  picture: Picture,
  options: FindOptions,
): Promise<FoundObjects> {
  const { kind, isAll, threshold } = options;
  const label = kind === "" ? undefined : requireLabel(kind, detector);
  const every = await findEveryKind(opener, detector, picture, { threshold });
  const wanted =
    label === undefined
      ? every
      : await detector.detect(opener, picture, { threshold, labels: [label.label] });
  const objects = isAll ? wanted : wanted.toSorted((a, b) => salience(b) - salience(a)).slice(0, 1);
  if (objects.length === 0) throw nothingFound(options, every);
  const others = every.filter((one) => !objects.some(({ box }) => holds(one.box, box)));
  return { objects, others, ignored: label?.ignored ?? [] };
}

/** How likely an object is the one that is meant: sure ones before doubtful, large ones before small. */
function salience({ score, box: { left, top, right, bottom } }: Detection): number {
  return score * ((right - left) * (bottom - top)) ** 0.25;
}

/** Whether a box holds most of another: the same object seen as another kind, or what it stands on, such as a table. */
export function holds(outer: Box, inner: Box): boolean {
  const width = Math.min(outer.right, inner.right) - Math.max(outer.left, inner.left);
  const height = Math.min(outer.bottom, inner.bottom) - Math.max(outer.top, inner.top);
  const area = (inner.right - inner.left) * (inner.bottom - inner.top);
  return width > 0 && height > 0 && width * height > 0.7 * area;
}

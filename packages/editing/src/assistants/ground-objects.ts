import { type Detection, type Detector, intersectionOverUnion } from "../architectures/detector.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { unfitArgument } from "../errors.ts";
import { findLabel } from "../photographs/detector-label.ts";
import { findEveryKind, holds } from "../photographs/find-objects.ts";
import type { Picture } from "../pictures/picture.ts";
import type { NamedObject } from "./assistant.ts";

/** What is looked for, and the least score. */
interface GroundOptions {
  readonly objects: readonly NamedObject[];
  readonly threshold: number;
}

/** What was found of what a caption names. */
export interface GroundedObjects {
  /** Objects by the names that they were looked for by, with their descriptions. */
  readonly objects: readonly Detection[];
  /** All else that the detector finds. */
  readonly others: readonly Detection[];
  /** The others, but for what one of the objects lies on or in. */
  readonly beside: readonly Detection[];
  /** Names of what was not found, each with the reason. */
  readonly missing: readonly string[];
}

/** The detector's own name for an object: by its name, else by its category. */
const labelOf = ({ name, category }: NamedObject, detector: Detector): string | undefined =>
  (findLabel(name, detector) ?? findLabel(category, detector))?.label;

/** What is looked for, and all else; a detector of words is asked for the objects first, as each word makes the others less sure. */
async function findEverything(
  opener: NetworkOpener,
  detector: Detector,
  picture: Picture,
  { objects, threshold }: GroundOptions,
): Promise<readonly Detection[]> {
  const others = await findEveryKind(opener, detector, picture, { threshold, isThorough: true });
  if (detector.labels !== undefined || objects.length === 0) return others;
  const labels = objects.map(({ name }) => name.toLowerCase());
  return [...(await detector.detect(opener, picture, { threshold, labels })), ...others];
}

/**
 * Finds named objects in a picture, each in a place of its own: the surest that no earlier one took.
 * Throws: argument.unfit at `objects` where none is found.
 */
export async function groundObjects(
  opener: NetworkOpener,
  detector: Detector,
  picture: Picture,
  { objects, threshold }: GroundOptions,
): Promise<GroundedObjects> {
  const every = await findEverything(opener, detector, picture, { objects, threshold });
  const taken: Detection[] = [];
  const found: Detection[] = [];
  const missing: string[] = [];
  for (const object of objects) {
    const label = labelOf(object, detector);
    const place = every.find((one) => one.label === label && !taken.includes(one));
    if (place === undefined) {
      const why = label === undefined ? "the detector does not know it" : `no ${label} is seen`;
      missing.push(`"${object.name}": ${why}`);
      continue;
    }
    taken.push(place);
    found.push({ ...place, label: object.name, description: object.description });
  }
  if (found.length === 0) {
    const what = `nothing of what the caption names is found (${missing.join("; ") || "the list is empty"}).`;
    throw unfitArgument("objects", what, "Leave this picture out, or lower the threshold.");
  }
  const isOther = (one: Detection): boolean =>
    !taken.some((object) => object === one || intersectionOverUnion(object.box, one.box) > 0.5);
  const others = every.filter(isOther);
  const beside = others.filter((one) => !found.some(({ box }) => holds(one.box, box)));
  return { objects: found, others, beside, missing };
}

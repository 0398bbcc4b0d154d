import type { Box, Detection } from "../architectures/detector.ts";
import type { Size } from "../pictures/canvas.ts";
import { maskOfBoxes } from "../pictures/mask-box.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { mainColour } from "./colour-name.ts";

/** How an object can be told from the others without its name. Each hint holds of it alone. */
export interface ObjectHints {
  readonly colour?: string | undefined;
  readonly size?: "largest" | "smallest" | undefined;
  /** Such as "left of the spoon". */
  readonly relation?: string | undefined;
  /** Where it is; other objects may be there too. */
  readonly place: string;
}

const middleOf = ({ left, top, right, bottom }: Box) => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

const areaOf = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);

/** Where a box is in its picture: one of nine places. */
export function placeOf(box: Box, { width, height }: Size): string {
  const { x, y } = middleOf(box);
  const column = ["left", "", "right"][Math.min(2, Math.floor((3 * x) / width))] ?? "";
  const row = ["top", "", "bottom"][Math.min(2, Math.floor((3 * y) / height))] ?? "";
  if (row === "" && column === "") return "in the middle";
  if (row === "") return `on the ${column}`;
  return `at the ${row}${column === "" ? "" : ` ${column}`}`;
}

/** How one box lies to another: undefined where they overlap in both directions or lie askew. */
function relationOf(a: Box, b: Box): string | undefined {
  const overlap = (from: number, to: number, from2: number, to2: number): number =>
    Math.min(to, to2) - Math.max(from, from2);
  const isBeside = overlap(a.top, a.bottom, b.top, b.bottom) > 0;
  const isOver = overlap(a.left, a.right, b.left, b.right) > 0;
  if (isBeside === isOver) return undefined;
  if (isBeside) return middleOf(a).x < middleOf(b).x ? "left of" : "right of";
  return middleOf(a).y < middleOf(b).y ? "above" : "below";
}

/** Ratio of the areas from which a person would call one object larger. */
const clearlyLarger = 1.5;

function sizeHint(box: Box, others: readonly Box[]): ObjectHints["size"] {
  if (others.length === 0) return undefined;
  const areas = others.map(areaOf);
  if (areaOf(box) > clearlyLarger * Math.max(...areas)) return "largest";
  return areaOf(box) * clearlyLarger < Math.min(...areas) ? "smallest" : undefined;
}

/** The relation to an object whose kind occurs once, in which nothing else stands to it. */
function relationHint(object: Detection, others: readonly Detection[]): string | undefined {
  const anchors = others.filter(
    ({ label }) =>
      label !== object.label && others.filter((other) => other.label === label).length === 1,
  );
  const apart = (other: Detection): number =>
    Math.hypot(
      middleOf(other.box).x - middleOf(object.box).x,
      middleOf(other.box).y - middleOf(object.box).y,
    );
  for (const anchor of anchors.sort((a, b) => apart(a) - apart(b))) {
    const relation = relationOf(object.box, anchor.box);
    const rivals = others.filter(
      (other) => other !== anchor && relationOf(other.box, anchor.box) === relation,
    );
    if (relation !== undefined && rivals.length === 0) return `${relation} the ${anchor.label}`;
  }
  return undefined;
}

/** The inner half of a box, which the object mostly fills. */
function coreOf({ left, top, right, bottom }: Box): Box {
  const [across, down] = [(right - left) / 4, (bottom - top) / 4];
  return { left: left + across, top: top + down, right: right - across, bottom: bottom - down };
}

/** What tells an object from the others of its picture. */
export function describeObject(
  picture: Picture,
  mask: Mask,
  object: Detection,
  others: readonly Detection[],
): ObjectHints {
  const colour = mainColour(picture, mask);
  const isShared = others.some(
    ({ box }) => mainColour(picture, maskOfBoxes(picture, [coreOf(box)])) === colour,
  );
  return {
    colour: isShared ? undefined : colour,
    size: sizeHint(
      object.box,
      others.map(({ box }) => box),
    ),
    relation: relationHint(object, others),
    place: placeOf(object.box, picture),
  };
}

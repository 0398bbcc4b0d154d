import type { Dice } from "./dice.ts";

/** What a foreign scene asks for. */
export interface Wish {
  readonly operation: "remove" | "add" | "replace" | "recolor";
  /** "the apple", or "the object on the left". */
  readonly old: string;
  /** "a pear" */
  readonly new: string;
  /** "on the left" */
  readonly place: string;
  readonly colour: string;
}

const sentences: Readonly<Record<Wish["operation"], readonly ((wish: Wish) => string)[]>> = {
  remove: [
    ({ old }) => `Remove ${old}.`,
    ({ old }) => `Delete ${old}`,
    ({ old }) => `Please remove ${old}.`,
    ({ old }) => `Get rid of ${old}!`,
    ({ old }) => `erase ${old}`,
    ({ old }) => `Can you take ${old} away?`,
  ],
  add: [
    (wish) => `Add ${wish.new} ${wish.place}.`,
    (wish) => `Put ${wish.new} ${wish.place}`,
    (wish) => `Place ${wish.new} ${wish.place}.`,
    (wish) => `Please draw ${wish.new} ${wish.place}.`,
    (wish) => `add ${wish.new} ${wish.place}`,
  ],
  replace: [
    (wish) => `Replace ${wish.old} with ${wish.new}.`,
    (wish) => `Turn ${wish.old} into ${wish.new}`,
    (wish) => `Swap ${wish.old} for ${wish.new}.`,
    (wish) => `change ${wish.old} to ${wish.new}`,
  ],
  recolor: [
    ({ old, colour }) => `Make ${old} ${colour}.`,
    ({ old, colour }) => `Paint ${old} ${colour}`,
    ({ old, colour }) => `Change the color of ${old} to ${colour}.`,
    ({ old, colour }) => `Please color ${old} ${colour}.`,
  ],
};

/** The instruction, as somebody might type it. */
export function wordWish(dice: Dice, wish: Wish): string {
  return dice.side(sentences[wish.operation])(wish);
}

const rows = ["top", "middle", "bottom"];
const columns = ["left", "middle", "right"];

/** A cell of a 3 x 3 grid, each counted from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where a cell is, in words: "on the bottom left". */
export function wordCell(dice: Dice, { row, column }: Cell): string {
  if (row === 1 && column === 1) return dice.side(["in the middle", "in the center"]);
  if (row === 1) return dice.side([`on the ${columns[column]}`, `on the ${columns[column]} side`]);
  if (column === 1) return dice.side([`at the ${rows[row]}`, `on the ${rows[row]}`]);
  const corner = `${rows[row]} ${columns[column]}`;
  return dice.side([`on the ${corner}`, `in the ${corner}`, `in the ${corner} corner`]);
}

/** A name with its article: "an apple". */
export const withArticle = (name: string): string =>
  `${"aeiou".includes(name.charAt(0)) ? "an" : "a"} ${name}`;

import sharp from "sharp";
import type { Picture } from "../pictures/picture.ts";
import { type Dice, diceOf } from "./dice.ts";
import {
  drawForeignBackground,
  type Photographs,
  readForeignPhotographs,
} from "./foreign-backgrounds.ts";
import { type ForeignObject, readForeignObjects } from "./foreign-objects.ts";
import { type Cell, type Wish, withArticle, wordCell, wordWish } from "./foreign-wordings.ts";

/** Number of foreign scenes. */
export const foreignCount = 200;

/** Side of a scene in pixels. */
const side = 128;

const operations = ["remove", "add", "replace", "recolor"] as const;

/** An edit drawn by another program than the one that training learns from. */
export interface ForeignScene {
  readonly source: Picture;
  readonly target: Picture;
  /** 1 where the two differ. */
  readonly mask: Uint8Array;
  readonly instruction: string;
  readonly operation: (typeof operations)[number];
  /** Simple instructions name the object; reasoning ones say where it is. */
  readonly kind: "simple" | "reasoning";
}

/** Scenes that share neither code nor pictures with those of training. */
export interface ForeignScenes {
  /** The scene of a number, always the same; a quarter for each operation. */
  at(index: number): Promise<ForeignScene>;
}

interface Material {
  readonly objects: readonly ForeignObject[];
  readonly photographs: Photographs;
}

/** An object with its centre and its side in pixels. */
interface Standing {
  readonly object: ForeignObject;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly turn: number;
}

/** Colours that an object can be given, as red, green and blue between 0 and 1. */
const paints: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [0.9, 0.1, 0.1],
  yellow: [0.95, 0.85, 0.1],
  green: [0.1, 0.7, 0.2],
  blue: [0.1, 0.3, 0.9],
  purple: [0.55, 0.2, 0.8],
  pink: [1, 0.45, 0.7],
};

let opened: Promise<ForeignScenes> | undefined;

/** Reads drawings and photographs once per process. */
export function openForeignScenes(): Promise<ForeignScenes> {
  opened ??= Promise.all([readForeignObjects(), readForeignPhotographs()]).then(
    ([objects, photographs]) => ({ at: (index) => drawScene({ objects, photographs }, index) }),
  );
  return opened;
}

const cellOf = ({ x, y }: { readonly x: number; readonly y: number }): Cell => ({
  row: Math.min(2, Math.floor((y * 3) / side)),
  column: Math.min(2, Math.floor((x * 3) / side)),
});

function isApart(one: Standing, others: readonly Standing[]): boolean {
  return others.every(
    ({ x, y, size }) => Math.max(Math.abs(x - one.x), Math.abs(y - one.y)) > (size + one.size) / 2,
  );
}

function standAnywhere(dice: Dice, object: ForeignObject): Standing {
  const size = dice.range(30, 54);
  const reach = (): number => dice.range(size / 2, side - size / 2);
  return { object, size, x: reach(), y: reach(), turn: dice.side([0, 0, 0, -12, 12]) };
}

/** An object to come stands upright near the centre of its cell, since words name no point. */
function standInCell(dice: Dice, object: ForeignObject): Standing {
  const reach = (): number => dice.side([28, 64, 100]) + dice.range(-5, 5);
  return { object, size: dice.range(38, 46), x: reach(), y: reach(), turn: 0 };
}

/** Adds objects anywhere in the picture, none over another; fewer where there is no room. */
function standOthers(
  dice: Dice,
  first: Standing,
  objects: readonly ForeignObject[],
): readonly Standing[] {
  const standing = [first];
  for (const object of objects) {
    for (let attempt = 0; attempt < 40; attempt++) {
      const one = standAnywhere(dice, object);
      if (!isApart(one, standing)) continue;
      standing.push(one);
      break;
    }
  }
  return standing.slice(1);
}

function drawObjects(dice: Dice, { objects }: Material, count: number): readonly ForeignObject[] {
  const drawn = new Set<ForeignObject>();
  while (drawn.size < count) drawn.add(dice.side(objects));
  return [...drawn];
}

/** Whether the words for an object's cell fit no other object: "on the left" means the whole left. */
function isAlone(one: Standing, others: readonly Standing[]): boolean {
  const { row, column } = cellOf(one);
  return others.map(cellOf).every((other) => {
    if (row === 1 && column !== 1) return other.column !== column;
    if (column === 1 && row !== 1) return other.row !== row;
    return other.row !== row || other.column !== column;
  });
}

/** A shadow below the drawing, or none. */
type Shadow = "" | 'filter="url(#shadow)"';

/** @param paint Redraws in shades of one colour. */
function toSvg({ object, x, y, size, turn }: Standing, shadow: Shadow, paint?: string): string {
  const box = `x="${-size / 2}" y="${-size / 2}" width="${size}" height="${size}"`;
  const drawing = `<svg ${box} viewBox="0 0 ${object.side} ${object.side}">${object.drawing}</svg>`;
  const painted = paint === undefined ? drawing : `<g filter="url(#${paint})">${drawing}</g>`;
  return `<g ${shadow}><g transform="translate(${x} ${y}) rotate(${turn})">${painted}</g></g>`;
}

/** Black stays black, white turns into the colour's own light shade. */
function paintFilter([name, colour]: readonly [string, readonly number[]]): string {
  const rows = colour.map((value) => {
    const share = 0.25 + 0.95 * value;
    return `${share * 0.3} ${share * 0.59} ${share * 0.11} 0 ${0.1 * value}`;
  });
  return `<filter id="${name}" color-interpolation-filters="sRGB"><feColorMatrix type="matrix" values="${rows.join(" ")} 0 0 0 1 0"/></filter>`;
}

const filters = `<defs><filter id="shadow" x="-.3" y="-.3" width="1.6" height="1.6"><feDropShadow dx="2" dy="3" stdDeviation="2" flood-opacity=".45"/></filter>${Object.entries(paints).map(paintFilter).join("")}</defs>`;

async function toPicture(elements: readonly string[]): Promise<Picture> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${filters}${elements.join("")}</svg>`;
  const data = await sharp(Buffer.from(svg)).removeAlpha().toColourspace("srgb").raw().toBuffer();
  return { width: side, height: side, channels: 3, data: new Uint8Array(data) };
}

/** The sum of all changes of colour, of 255, over the changed pixels. */
function changeOf({ data: before }: Picture, { data: after }: Picture) {
  const mask = new Uint8Array(side * side);
  let change = 0;
  for (const [at, value] of before.entries()) {
    const difference = Math.abs(value - (after[at] ?? 0));
    change += difference;
    if (difference > 0) mask[Math.floor(at / 3)] = 1;
  }
  const changed = mask.reduce((sum, one) => sum + one, 0);
  return { mask, changed, mean: change / (3 * Math.max(1, changed)) };
}

/** An edit has to change as many pixels at least, and as much on average, for a person to see it. */
const least = { changed: 200, mean: 18 };

interface Plan extends Wish {
  readonly kind: ForeignScene["kind"];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Standings {
  /** What is added or changed. */
  readonly first: Standing;
  readonly others: readonly Standing[];
  /** What a replacement brings. */
  readonly another: ForeignObject;
}

/** Plans an edit of the first object; undefined where its place does not tell it from the others. */
function planEdit(
  dice: Dice,
  operation: Wish["operation"],
  { first, others, another }: Standings,
): Plan | undefined {
  const shadow = dice.side<Shadow>(["", 'filter="url(#shadow)"']);
  const isPointed = operation !== "add" && dice.side([true, false, false]);
  if (isPointed && !isAlone(first, others)) return undefined;
  const place = wordCell(dice, cellOf(first));
  const old = isPointed
    ? `the ${dice.side(["object", "thing"])} ${place}`
    : `the ${first.object.name}`;
  const colour = dice.side(Object.keys(paints));
  const rest = others.map((one) => toSvg(one, shadow));
  const [there, gone] = [[...rest, toSvg(first, shadow)], rest];
  const added = operation === "add" ? first.object : another;
  const after = {
    remove: gone,
    add: there,
    replace: [...rest, toSvg({ ...first, object: another }, shadow)],
    recolor: [...rest, toSvg(first, shadow, colour)],
  };
  return {
    ...{ operation, old, place, colour, new: withArticle(added.name) },
    kind: isPointed ? "reasoning" : "simple",
    before: operation === "add" ? gone : there,
    after: after[operation],
  };
}

async function drawScene(material: Material, index: number): Promise<ForeignScene> {
  const operation = operations[index % operations.length];
  if (operation === undefined || index < 0 || index >= foreignCount) {
    throw new RangeError(`foreign scenes are numbered 0 to ${foreignCount - 1}, not ${index}`);
  }
  const dice = diceOf(index);
  for (let attempt = 0; attempt < 1000; attempt++) {
    const drawn = drawObjects(dice, material, dice.side([2, 3, 3, 4]));
    const [another, edited, ...rest] = drawn as [ForeignObject, ForeignObject, ...ForeignObject[]];
    const first = (operation === "add" ? standInCell : standAnywhere)(dice, edited);
    const others = standOthers(dice, first, rest);
    const plan = planEdit(dice, operation, { first, others, another });
    if (plan === undefined) continue;
    const background = drawForeignBackground(dice, material.photographs);
    const source = await toPicture([background, ...plan.before]);
    const target = await toPicture([background, ...plan.after]);
    const { mask, changed, mean } = changeOf(source, target);
    if (changed < least.changed || mean < least.mean) continue;
    const instruction = wordWish(dice, plan);
    return { source, target, mask, instruction, operation, kind: plan.kind };
  }
  throw new Error(`no foreign scene ${index} was found`);
}

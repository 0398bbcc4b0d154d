/**
 * Draws a sheet of twenty-two removals from photographs with what ships (detector, GrabCut, PatchMatch), failures included, and prints
 * how much of its box each outline takes: `draw-removals.ts FOLDER SHEET.webp`. FOLDER holds the photographs by the names
 * below, from the wheels of scikit-image 0.26 (skimage/data) and scikit-learn 1.9 (sklearn/datasets/images) and from Debian's
 * packages lomiri-wallpapers-20.04, mate-backgrounds and labelme-examples.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { argv } from "node:process";
import sharp, { type OverlayOptions } from "sharp";
import { openPart } from "../packages/editing/src/architectures.ts";
import {
  findObjects,
  grabCutSegmenter,
  parseInstruction,
  removeObject,
  segmentObjects,
} from "../packages/editing/src/photographs.ts";
import { decodePicture } from "../packages/editing/src/pictures/decode-picture.ts";
import type { Picture } from "../packages/editing/src/pictures/picture.ts";
import { maskOfBoxes } from "../packages/editing/src/pictures.ts";
import { createSessionPool } from "../packages/engine/src/runtime.ts";

/** A photograph, and what is removed: as a person says it, or a box in shares of the picture where no kind fits. */
const removals: readonly (readonly [
  string,
  string | readonly [left: number, top: number, right: number, bottom: number],
])[] = [
  ["coffee.png", "remove the cup"],
  ["astronaut.png", "remove the astronaut"],
  ["chelsea.png", "remove the cat"],
  ["motorcycle_left.png", "remove the motorcycle"],
  ["rocket.jpg", [0.44, 0.28, 0.52, 0.99]],
  ["flower.jpg", [0.25, 0.15, 0.71, 0.84]],
  ["flower.jpg", [0.41, 0.88, 0.72, 1]],
  ["china.jpg", [0.12, 0.05, 0.62, 0.98]],
  ["Kleiber_by_Lukas_Baubkus.jpg", "remove the bird"],
  ["LadyBird.jpg", [0.65, 0.44, 0.75, 0.58]],
  ["LadyBird.jpg", [0.03, 0.12, 0.2, 0.45]],
  ["Garden.jpg", [0.35, 0.1, 1, 1]],
  ["TwoWings.jpg", [0.34, 0.27, 0.94, 1]],
  ["00000100.jpg", "remove the truck"],
  ["00000100.jpg", "remove the cars"],
  ["0001.jpg", "remove the cat"],
  ["0002.jpg", "remove the dog"],
  ["2011_000003.jpg", "remove the man"],
  ["2011_000003.jpg", "remove the bottle"],
  ["2011_000006.jpg", "remove the people"],
  ["2011_000025.jpg", "remove the bus"],
  ["apc2016_obj3.jpg", [0.4, 0.48, 0.62, 0.66]],
];

const tile = { width: 300, height: 220, caption: 18, columns: 2 } as const;
const longestSide = 1000;
const pool = createSessionPool({});
const run = { ...pool, log: (text: string) => console.log(`  ${text}`) };
const detector = await openPart("nanodet-coco", "detector");

async function load(file: string): Promise<Picture> {
  const bytes = await sharp(await readFile(file))
    .resize(longestSide, longestSide, { fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
  return (await decodePicture(bytes, { path: file, ground: [255, 255, 255] })).image;
}

async function wantedIn(picture: Picture, what: (typeof removals)[number][1]) {
  if (typeof what === "string") {
    const { kind, isAll } = parseInstruction(what);
    return findObjects(pool, detector, picture, { kind, isAll, threshold: 0.35 });
  }
  const [left, top, right, bottom] = what;
  const box = {
    left: left * picture.width,
    top: top * picture.height,
    right: right * picture.width,
    bottom: bottom * picture.height,
  };
  return { objects: [{ label: "object", score: 1, box }], others: [] };
}

async function removed(picture: Picture, what: (typeof removals)[number][1]): Promise<Picture> {
  const { objects, others } = await wantedIn(picture, what);
  const mask = await segmentObjects(run, grabCutSegmenter, picture, objects);
  const boxes = maskOfBoxes(
    picture,
    objects.map(({ box }) => box),
  );
  const area = (data: Uint8Array): number => data.filter((value) => value > 0).length;
  const avoid = maskOfBoxes(
    picture,
    others.map(({ box }) => box),
  );
  const start = performance.now();
  const result = await removeObject(picture, mask, {
    grow: 0.03,
    shadow: true,
    avoid,
    mostArea: 0.45,
  });
  const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;
  console.log(
    `  outline ${percent(area(mask.data), area(boxes.data))} of its box, filled ${percent(area(result.filled.data), mask.data.length)} of the picture, ${((performance.now() - start) / 1e3).toFixed(1)} s`,
  );
  return result.picture;
}

/** A picture within a tile, on white. */
function shrunk({ data, width, height }: Picture): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: tile.width, height: tile.height, fit: "contain", background: "white" })
    .png()
    .toBuffer();
}

function textTile(text: string, width: number, height: number): Buffer {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const lines = safe.match(/.{1,48}(?:\s|$)/g) ?? [safe];
  const spans = lines.map((line, at) => `<text x="4" y="${13 + 15 * at}">${line}</text>`).join("");
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">${spans}</svg>`,
  );
}

const [, , folder, sheetFile] = argv;
if (folder === undefined || sheetFile === undefined) {
  throw new Error("usage: draw-removals.ts FOLDER SHEET.webp");
}
const parts: OverlayOptions[] = [];
const rowHeight = tile.height + tile.caption;
for (const [at, [name, what]] of removals.entries()) {
  const title = `${at + 1}. ${name}: ${typeof what === "string" ? what : "what a box holds"}`;
  console.log(title);
  const left = (at % tile.columns) * (2 * tile.width + 8);
  const top = Math.floor(at / tile.columns) * rowHeight;
  const picture = await load(path.join(folder, name));
  const after = await removed(picture, what).catch((thrown: unknown) => String(thrown));
  if (typeof after === "string") console.log(`  refused: ${after}`);
  parts.push({ input: textTile(title, 2 * tile.width, tile.caption), left, top });
  parts.push({ input: await shrunk(picture), left, top: top + tile.caption });
  const input =
    typeof after === "string" ? textTile(after, tile.width, tile.height) : await shrunk(after);
  parts.push({ input, left: left + tile.width, top: top + tile.caption });
}
const size = {
  width: tile.columns * 2 * tile.width + 8 * (tile.columns - 1),
  height: Math.ceil(removals.length / tile.columns) * rowHeight,
};
await sharp({ create: { ...size, channels: 3, background: "white" } })
  .composite(parts)
  .webp({ quality: 80, effort: 6 })
  .toFile(sheetFile);
await pool.close();

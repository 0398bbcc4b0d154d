/**
 * Draws docs/pictures/photographs.webp: real photographs before and after graphs/edit-photograph.json, failures included.
 * `draw-photographs.ts FOLDER`, in which lie `astronaut.png`, `chelsea.png` and `coffee.png` of the wheel of scikit-image
 * 0.26 (skimage/data).
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import sharp, { type OverlayOptions } from "sharp";
import type { Picture } from "../packages/editing/src/pictures/picture.ts";
import { runGraph } from "../packages/engine/src/execute.ts";
import { parseGraph, setParam } from "../packages/engine/src/graph.ts";
import { createRegistry } from "../packages/engine/src/node.ts";
import { createSessionPool } from "../packages/engine/src/runtime.ts";
import { nodes } from "../packages/nodes/src/index.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const tile = { width: 210, height: 160, caption: 18, columns: 2 } as const;

const edits = [
  ["coffee.png", "remove the cup"],
  ["coffee.png", "make the mug green"],
  ["coffee.png", "make the background of the cup grey"],
  ["astronaut.png", "blur the background"],
  ["astronaut.png", "make the background white"],
  ["coffee.png", "blur the background of the cup"],
  ["astronaut.png", "remove the woman"],
  ["chelsea.png", "make the background of the cat blue"],
] as const;

const pool = createSessionPool({});
const registry = createRegistry(nodes);
const graph = parseGraph(await readFile(path.join(root, "graphs/edit-photograph.json"), "utf8"));

async function edited(file: string, instruction: string): Promise<readonly Picture[]> {
  const placed = setParam(graph, "source", "path", file);
  const asked = setParam(placed, "instruction", "instruction", instruction);
  const values = await runGraph(asked, registry, {
    outputs: ["source", "result"],
    open: (model) => pool.open(model),
    emit: () => undefined,
  });
  return [values.get("source")?.["image"], values.get("result")?.["value"]] as Picture[];
}

/** A picture within a tile, on white. */
function shrunk({ data, width, height }: Picture): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: tile.width, height: tile.height, fit: "contain", background: "white" })
    .png()
    .toBuffer();
}

function captionOf(text: string): Buffer {
  const [width, height] = [2 * tile.width, tile.caption];
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      `<text x="4" y="13" font-family="sans-serif" font-size="12">${text}</text></svg>`,
  );
}

async function drawSheet(folder: string): Promise<void> {
  const rowHeight = tile.height + tile.caption;
  const parts: OverlayOptions[] = [];
  for (const [at, [file, instruction]] of edits.entries()) {
    const left = (at % tile.columns) * (2 * tile.width + 8);
    const top = Math.floor(at / tile.columns) * rowHeight;
    parts.push({ input: captionOf(instruction), left, top });
    for (const [side, picture] of (await edited(path.join(folder, file), instruction)).entries()) {
      const input = await shrunk(picture);
      parts.push({ input, left: left + side * tile.width, top: top + tile.caption });
    }
  }
  const size = {
    width: tile.columns * 2 * tile.width + 8 * (tile.columns - 1),
    height: Math.ceil(edits.length / tile.columns) * rowHeight,
  };
  const sheet = sharp({ create: { ...size, channels: 3, background: "white" } }).composite(parts);
  const webp = sheet.webp({ quality: 90, effort: 6 });
  await webp.toFile(path.join(root, "docs/pictures/photographs.webp"));
}

const [, , folder] = argv;
if (folder === undefined) throw new Error("usage: draw-photographs.ts FOLDER");
await drawSheet(path.resolve(folder));
await pool.close();

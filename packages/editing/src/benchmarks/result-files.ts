import { mkdir } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { writeWhole } from "../files/write-whole.ts";
import type { BenchmarkItem } from "./benchmark.ts";
import { isThere } from "./benchmark-files.ts";

/** Where an item's edit is read from and written to. */
export interface PlacedItem {
  /** The picture to edit, as a PNG file. */
  readonly source: string;
  /** Where the result goes. */
  readonly target: string;
}

/** Whether an item has its result. */
export function hasResult({ output }: BenchmarkItem, results: string): Promise<boolean> {
  return isThere(path.join(results, output));
}

/**
 * Writes the picture to edit as a PNG, where the benchmark wants a copy there, and makes the folder of the result.
 * @param scratch A file for the picture where the benchmark wants no copy.
 * Throws: `dataset.unreadable`.
 */
export async function placeItem(
  item: BenchmarkItem,
  results: string,
  scratch: string,
): Promise<PlacedItem> {
  const { sourceCopy, output } = item;
  const target = path.join(results, output);
  const source = sourceCopy === undefined ? scratch : path.join(results, sourceCopy);
  await mkdir(path.dirname(target), { recursive: true });
  const { source: bytes } = await item.load(results);
  await writeWhole(source, await sharp(bytes).png().toBuffer());
  return { source, target };
}

import { readFile, writeFile } from "node:fs/promises";
import { encodePng, type Mask, type Picture } from "@insightgraph/editing/pictures";
import { writeFault } from "@insightgraph/engine/cache";
import type { Json } from "@insightgraph/engine/graph";
import type { OutputKeeper } from "@insightgraph/engine/host";
import { pack, unpack } from "@insightgraph/engine/node";

/** A picture in the file of an item. */
export interface KeptPicture {
  /** Which of the file's pictures. */
  readonly picture: number;
  readonly bytes: number;
}

/** What a graph gave for an item: the values of its outputs by name, and the pictures that they name, as PNG. */
export interface ItemFile {
  readonly values: Readonly<Record<string, Json>>;
  readonly pictures: readonly Uint8Array[];
}

/** Whether a kept value is that of a picture. */
export function isKeptPicture(value: Json): value is Json & KeptPicture {
  return typeof value === "object" && value !== null && "picture" in value;
}

const rasterTypes: ReadonlySet<string> = new Set(["image", "mask"]);

/** Numbers the pictures among values, equal ones once. */
function createNumbering() {
  const numbers = new Map<Uint8Array, KeptPicture>();
  const describe = (value: unknown): Json => {
    if (Array.isArray(value)) return value.map(describe);
    if (!(value instanceof Uint8Array)) return value as Json;
    const known = numbers.get(value) ?? { picture: numbers.size, bytes: value.byteLength };
    numbers.set(value, known);
    return { ...known };
  };
  return { describe, pictures: (): readonly Uint8Array[] => [...numbers.keys()] };
}

/** Keeps all that a graph gives for an item in one file. It is whole once the run has finished. */
export function createItemKeeper(): OutputKeeper {
  // A picture that several outputs share is encoded once.
  const encoded = new WeakMap<object, Promise<Uint8Array>>();
  return {
    keep(value, portType) {
      if (!rasterTypes.has(portType)) return value;
      const raster = value as Picture | Mask;
      const bytes = encoded.get(raster) ?? encodePng(raster);
      encoded.set(raster, bytes);
      return bytes;
    },
    async write(kept, place) {
      const { describe, pictures } = createNumbering();
      const named = Object.entries(kept).map(([name, value]) => [name, describe(value)]);
      const file = String(place);
      const bytes = Buffer.concat(pack(Object.fromEntries(named), pictures()));
      await writeFile(file, bytes).catch((cause: unknown) => {
        throw writeFault(file, cause);
      });
    },
  };
}

/** The pictures of some rows of an item; the file is not needed where they have none. */
export async function picturesOf(
  rows: readonly Readonly<Record<string, Json>>[],
  file: string,
): Promise<ItemFile["pictures"]> {
  return hasPictures(rows) ? (await readItemFile(file)).pictures : [];
}

/** Whether rows name pictures of their item's file. */
export function hasPictures(rows: readonly Readonly<Record<string, Json>>[]): boolean {
  return rows.some((row) => Object.values(row).some(isKeptPicture));
}

/** Reads what `createItemKeeper` wrote. Throws: RangeError where the file is cut off. */
export async function readItemFile(file: string): Promise<ItemFile> {
  const { head, parts } = unpack(await readFile(file));
  return { values: head as ItemFile["values"], pictures: parts };
}

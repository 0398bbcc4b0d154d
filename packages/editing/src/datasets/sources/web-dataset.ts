import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { extract, type Header } from "tar-stream";
import { brokenItem, unreadable } from "../faults.ts";
import { fileVersion } from "../file-version.ts";
import { isPictureName } from "../picture-ending.ts";
import type { AddressedSource, Fields, FieldValue, LoadOptions } from "../record.ts";

/** Where the content of a file lies in its tar. */
interface Part {
  readonly offset: number;
  readonly size: number;
}

/** The files of one sample: those whose names are equal up to the first dot. */
interface Sample {
  readonly stem: string;
  /** Ending, such as `source_image.png` -> content. */
  readonly parts: Map<string, Part>;
}

/** `0001.source_image.png` as its stem and its ending; the dots of folders do not count. */
function splitName(name: string): readonly [stem: string, ending: string] {
  const base = name.lastIndexOf("/") + 1;
  const dot = name.indexOf(".", base);
  return dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** `source_image.png` is the field `source_image`; a bare `png` is the source. */
function pictureField(ending: string): string {
  const dot = ending.lastIndexOf(".");
  return dot < 0 ? "source_image" : ending.slice(0, dot);
}

async function readPart(file: FileHandle, { offset, size }: Part): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await file.read(bytes, 0, size, offset);
  if (bytesRead < size) throw new RangeError("the tar is shorter than it was");
  return bytes;
}

async function readFields(
  file: FileHandle,
  { stem, parts }: Sample,
  { isWithoutPictures = false }: LoadOptions,
): Promise<Fields> {
  const fields: Record<string, FieldValue> = {};
  for (const [ending, part] of parts) {
    if (isPictureName(`.${ending}`)) {
      const name = `${path.basename(stem)}.${ending}`;
      const picture = isWithoutPictures ? null : { bytes: await readPart(file, part), name };
      fields[pictureField(ending)] = picture;
      continue;
    }
    const text = (await readPart(file, part)).toString("utf8");
    if (ending === "json") Object.assign(fields, JSON.parse(text) as Fields);
    else fields[ending] = text;
  }
  return fields;
}

/** A tar file of the data set. */
interface Tar {
  readonly place: string;
  readonly name: string;
}

async function load({ place, name }: Tar, sample: Sample, options: LoadOptions): Promise<Fields> {
  const file = await open(place, "r").catch((cause: unknown) => {
    throw unreadable(name, "is not there, or may not be read", cause);
  });
  try {
    return await readFields(file, sample, options);
  } catch (cause) {
    const what = cause instanceof SyntaxError ? "holds a .json that is none" : "cannot be read";
    throw unreadable(`${name}/${sample.stem}`, what, cause);
  } finally {
    await file.close();
  }
}

/** A sample as an address: the number of its tar, its stem, and where its parts lie. */
type Address = readonly [
  tar: number,
  stem: string,
  parts: readonly (readonly [ending: string, offset: number, size: number])[],
];

function addressOf(tar: number, { stem, parts }: Sample): string {
  const places = [...parts].map(([ending, { offset, size }]) => [ending, offset, size] as const);
  const address: Address = [tar, stem, places];
  return JSON.stringify(address);
}

/** Whether a tar ends as it should, with a block of zeros: one that was cut between two files looks whole otherwise. */
async function hasEnd(place: string): Promise<boolean> {
  const file = await open(place, "r");
  try {
    const { size } = await file.stat();
    const block = Buffer.alloc(512, 1);
    await file.read(block, 0, 512, Math.max(0, size - 512));
    return block.every((byte) => byte === 0);
  } finally {
    await file.close();
  }
}

/** What `tar-stream` says of a file besides what its types declare. */
interface Placed {
  /** Where its content begins in the tar. */
  readonly byteOffset: number;
}

/** Throws: where the tar is cut off; its last sample may then lack files, and is not given. */
async function* samplesIn(place: string): AsyncGenerator<Sample> {
  let sample: Sample | undefined;
  const entries = createReadStream(place).pipe(extract());
  for await (const entry of entries) {
    const { type, name, size = 0, byteOffset: offset } = entry.header as Header & Placed;
    for await (const _ of entry) {
      // The next entry comes once this one is read.
    }
    if (type !== "file") continue;
    const [stem, ending] = splitName(name);
    if (sample !== undefined && sample.stem !== stem) yield sample;
    if (sample?.stem !== stem) sample = { stem, parts: new Map() };
    sample.parts.set(ending, { offset, size });
  }
  if (!(await hasEnd(place))) throw new RangeError("the tar has no end");
  if (sample !== undefined) yield sample;
}

/** Samples of tar files in the WebDataset layout. @param files Absolute paths. @param folder What keys are relative to. */
export function openWebDataset(files: readonly string[], folder: string): AddressedSource {
  const tars = files.map((place): Tar => {
    return { place, name: path.relative(folder, place).split(path.sep).join("/") };
  });
  return {
    format: "webdataset",
    async loadAt(address, options = {}) {
      const [number, stem, places] = JSON.parse(address) as Address;
      const parts = places.map(([ending, offset, size]) => [ending, { offset, size }] as const);
      const tar = tars[number] ?? { place: "", name: address };
      return load(tar, { stem, parts: new Map(parts) }, options);
    },
    async *items() {
      for (const [number, tar] of tars.entries()) {
        const { place, name } = tar;
        let count = 0;
        try {
          const version = await fileVersion(place);
          for await (const sample of samplesIn(place)) {
            yield {
              ...{ key: `${name}/${sample.stem}`, version, address: addressOf(number, sample) },
              load: (options = {}) => load(tar, sample, options),
            };
            count += 1;
          }
        } catch (cause) {
          const fault = unreadable(name, `is cut off or damaged after ${count} samples`, cause);
          yield brokenItem(`${name}/${count}`, "broken", fault);
        }
      }
    },
  };
}

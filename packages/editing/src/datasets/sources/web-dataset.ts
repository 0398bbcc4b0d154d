import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { extract } from "tar-stream";
import { brokenItem, unreadable } from "../faults.ts";
import { fileVersion } from "../file-version.ts";
import { isPictureName } from "../picture-ending.ts";
import type { DatasetItem, DatasetSource, Fields, FieldValue } from "../record.ts";

/** The files of one sample: those whose names are equal up to the first dot. */
interface Sample {
  readonly stem: string;
  /** Ending, such as `source_image.png` -> content. */
  readonly parts: Map<string, Uint8Array>;
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

function toFields({ stem, parts }: Sample): Fields {
  const fields: Record<string, FieldValue> = {};
  for (const [ending, bytes] of parts) {
    if (ending === "json") {
      Object.assign(fields, JSON.parse(Buffer.from(bytes).toString("utf8")) as Fields);
    } else if (isPictureName(`.${ending}`)) {
      fields[pictureField(ending)] = { bytes, name: `${path.basename(stem)}.${ending}` };
    } else fields[ending] = Buffer.from(bytes).toString("utf8");
  }
  return fields;
}

function itemOf(sample: Sample, name: string, version: string): DatasetItem {
  const key = `${name}/${sample.stem}`;
  return {
    key,
    version,
    async load() {
      try {
        return toFields(sample);
      } catch (cause) {
        throw unreadable(key, "holds a .json that is none", cause);
      }
    },
  };
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

/** Throws: where the tar is cut off; its last sample may then lack files, and is not given. */
async function* samplesIn(place: string): AsyncGenerator<Sample> {
  let sample: Sample | undefined;
  const entries = createReadStream(place).pipe(extract());
  for await (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.type !== "file") continue;
    const [stem, ending] = splitName(entry.header.name);
    if (sample !== undefined && sample.stem !== stem) yield sample;
    if (sample?.stem !== stem) sample = { stem, parts: new Map() };
    sample.parts.set(ending, Buffer.concat(chunks));
  }
  if (!(await hasEnd(place))) throw new RangeError("the tar has no end");
  if (sample !== undefined) yield sample;
}

/** Samples of tar files in the WebDataset layout. @param files Absolute paths. @param folder What keys are relative to. */
export function openWebDataset(files: readonly string[], folder: string): DatasetSource {
  return {
    format: "webdataset",
    async *items() {
      for (const place of files) {
        const name = path.relative(folder, place).split(path.sep).join("/");
        let count = 0;
        try {
          const version = await fileVersion(place);
          for await (const sample of samplesIn(place)) {
            yield itemOf(sample, name, version);
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

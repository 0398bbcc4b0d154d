import { access, readdir } from "node:fs/promises";
import path from "node:path";
import { EditingError } from "../../errors.ts";
import { readRegular } from "../../files/regular-file.ts";
import { encodePng } from "../../pictures/encode-png.ts";
import { decodeRunLength, parseRunLength } from "../../pictures/run-length.ts";
import { type AdvancedEditFile, pairMembers, toAdvancedEditFile } from "../advanced-edit-files.ts";
import { brokenItem, unreadable } from "../faults.ts";
import { fileVersion } from "../file-version.ts";
import type {
  AddressedItem,
  AddressedSource,
  Fields,
  FieldValue,
  LoadOptions,
  PictureFile,
} from "../record.ts";
import { filesBelow, keyBelow, readPictureFile } from "./folder.ts";
import { holdLast } from "./hold-last.ts";
import { parseLenient } from "./json-records.ts";

/** How far above its file a picture may lie. */
const maxUp = 4;

/** Finds a picture by a path that may start in any folder above the file. */
async function pictureAt(file: string, named: FieldValue | undefined): Promise<PictureFile | null> {
  if (typeof named !== "string" || named === "") return null;
  let folder = path.dirname(file);
  for (let up = 0; up <= maxUp; up++) {
    const place = path.resolve(folder, named);
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (isThere) return readPictureFile(place);
    folder = path.dirname(folder);
  }
  throw unreadable(named, `is not there, from "${file}" or any folder above`);
}

/** The mask of a run-length code; null where the pair has none. Throws: `argument.unfit`. */
async function maskOf(code: FieldValue | undefined): Promise<PictureFile | null> {
  if (code === undefined || code === null) return null;
  return { bytes: await encodePng(decodeRunLength(parseRunLength(code))) };
}

/** What stands for a picture in a file, as the picture. */
interface PictureReader {
  at(named: FieldValue | undefined): Promise<PictureFile | null>;
  mask(code: FieldValue | undefined): Promise<PictureFile | null>;
}

const noPictures: PictureReader = { at: async () => null, mask: async () => null };

function picturesFrom(
  file: string,
  { isWithoutPictures = false }: LoadOptions = {},
): PictureReader {
  if (isWithoutPictures) return noPictures;
  return { at: (named) => pictureAt(file, named), mask: maskOf };
}

/** A pair as a record: pictures for their paths, the mask for its code; what has no field keeps its name. */
async function pairFieldsOf(pair: Fields, pictures: PictureReader): Promise<Fields> {
  const { origin_img_path: source, target_img_path: target, instruction, ...rest } = pair;
  const sentences = Array.isArray(instruction) ? instruction : [instruction ?? null];
  const named = new Map<string, string>(
    Object.entries(pairMembers).map(([field, member]) => [member, field]),
  );
  const others = Object.entries(rest).map(([member, value]) => [
    named.get(member) ?? member,
    value,
  ]);
  return {
    source_image: await pictures.at(source),
    edited_image: await pictures.at(target),
    mask_image: await pictures.mask(pair["segmentation"]),
    instruction: sentences[0] ?? null,
    ...(sentences.length > 1 && { instructions: sentences }),
    ...Object.fromEntries(others),
  };
}

/** A file of the first three stages as a record; boxes in `annotations` are corners, as in the file. */
async function stageFieldsOf(
  { stage, content }: Exclude<AdvancedEditFile, { readonly stage: "pairs" }>,
  pictures: PictureReader,
): Promise<Fields> {
  const { img_path: one, image_path: other, img_caption: long, caption = long, ...rest } = content;
  const picture = stage === "objects" ? {} : { source_image: await pictures.at(one ?? other) };
  return { ...picture, source_caption: caption ?? null, ...rest };
}

/** The fields of a file's record, or of one of its pairs. @param at Which pair. */
function fieldsIn(found: AdvancedEditFile, at: number, pictures: PictureReader): Promise<Fields> {
  if (found.stage !== "pairs") return stageFieldsOf(found, pictures);
  return pairFieldsOf(found.pairs[at] ?? {}, pictures);
}

/** Where a record lies, as an address: its file below the folder, and which pair of it. */
type Address = readonly [file: string, at: number];

function* itemsIn(
  found: AdvancedEditFile,
  file: string,
  key: string,
  version: string,
): Generator<AddressedItem> {
  const isPairs = found.stage === "pairs";
  for (let at = 0, count = isPairs ? found.pairs.length : 1; at < count; at++) {
    const address: Address = [key, at];
    yield {
      ...{ key: isPairs ? `${key}/${at}` : key, version, address: JSON.stringify(address) },
      load: (options) => fieldsIn(found, at, picturesFrom(file, options)),
    };
  }
}

/** Throws: `dataset.unreadable`. */
async function parseFile(file: string, key: string): Promise<AdvancedEditFile> {
  let found: AdvancedEditFile | undefined;
  try {
    found = toAdvancedEditFile(parseLenient((await readRegular(file)).toString("utf8")));
  } catch (cause) {
    throw unreadable(key, "is no JSON, not even nearly", cause);
  }
  if (found !== undefined) return found;
  throw unreadable(key, "is no file of the AdvancedEdit pipeline");
}

async function* readFiles(
  files: AsyncIterable<string>,
  folder: string,
): AsyncGenerator<AddressedItem> {
  for await (const file of files) {
    const key = keyBelow(folder, file);
    const version = await fileVersion(file).catch(() => "missing");
    try {
      yield* itemsIn(await parseFile(file, key), file, key, version);
    } catch (thrown) {
      if (!(thrown instanceof EditingError)) throw thrown;
      yield brokenItem(key, version, thrown);
    }
  }
}

async function* jsonBelow(folder: string): AsyncGenerator<string> {
  for await (const file of filesBelow(folder)) if (file.endsWith(".json")) yield file;
}

async function* pairFilesIn(shards: readonly string[]): AsyncGenerator<string> {
  for (const shard of shards) {
    const folder = path.join(shard, "pairs");
    for (const name of (await readdir(folder)).sort()) yield path.join(folder, name);
  }
}

function openFiles(files: () => AsyncIterable<string>, folder: string): AddressedSource {
  const reopen = holdLast((key) => parseFile(path.join(folder, key), key));
  return {
    format: "advancededit",
    items: () => readFiles(files(), folder),
    async loadAt(address, options) {
      const [key, at] = JSON.parse(address) as Address;
      return fieldsIn(await reopen(key), at, picturesFrom(path.join(folder, key), options));
    },
  };
}

/** Files of the AdvancedEdit pipeline, of any stage, below a folder. */
export function openAdvancedEdit(folder: string): AddressedSource {
  return openFiles(() => jsonBelow(folder), folder);
}

/** Shards of pairs that `advancedEditFormat` wrote. */
export function openAdvancedEditShards(shards: readonly string[], folder: string): AddressedSource {
  return openFiles(() => pairFilesIn(shards), folder);
}

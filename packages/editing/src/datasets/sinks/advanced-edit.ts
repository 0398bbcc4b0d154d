import { mkdir } from "node:fs/promises";
import path from "node:path";
import { boxOfMask, toBox } from "../../pictures/mask-box.ts";
import type { Mask } from "../../pictures/picture.ts";
import { encodeRunLength, type RunLengthMask } from "../../pictures/run-length.ts";
import { pairMembers } from "../advanced-edit-files.ts";
import { fileStem } from "../file-stem.ts";
import { fromMaskPicture } from "../mask-picture.ts";
import { pictureEnding } from "../picture-ending.ts";
import { type DatasetRecord, type Fields, type FieldValue, isPictureFile } from "../record.ts";
import { rowOf } from "../schema.ts";
import { openAdvancedEditShards } from "../sources/advanced-edit.ts";
import type { ShardFormat } from "./shard-writer.ts";
import { writeSynced } from "./write-synced.ts";

const pictureFields: ReadonlySet<string> = new Set(["source_image", "edited_image", "mask_image"]);
/** Written from the mask, whatever a record says of them. */
const derived: ReadonlySet<string> = new Set(["bbox", "segmentation"]);

/** A record's photograph: several pairs of one item share it. */
function photographOf(key: string): string {
  return key.replace(/(#|\/)\d+$/, "");
}

function classesOf(fields: Fields): Fields {
  const name = typeof fields["object"] === "string" ? fields["object"] : "";
  const isAdded = fields["edit_type"] === "add";
  return { class_origin: isAdded ? "" : name, class_target: isAdded ? name : "" };
}

interface MaskFacts {
  /** Left, top, width, height. */
  readonly bbox: readonly number[];
  /** Left, top, right, bottom. */
  readonly corners: readonly number[];
  readonly segmentation: RunLengthMask;
}

function maskFacts(mask: Mask): MaskFacts {
  const box = boxOfMask(mask);
  const segmentation = encodeRunLength(mask);
  if (box === undefined) return { bbox: [0, 0, 0, 0], corners: [0, 0, 0, 0], segmentation };
  return { bbox: toBox(box, "xywh"), corners: toBox(box, "xyxy"), segmentation };
}

/** Other fields under the names that the format has for them. */
function othersOf(fields: Fields): Fields {
  const names: Readonly<Record<string, string>> = pairMembers;
  const others = Object.entries(fields).filter(
    ([name]) => !pictureFields.has(name) && !derived.has(name),
  );
  return Object.fromEntries(others.map(([name, value]) => [names[name] ?? name, value]));
}

/** Pairs of the photograph that is being written. */
interface OpenPhotograph {
  readonly name: string;
  readonly pairs: Record<string, unknown>;
  readonly annotations: object[];
  sourcePath: string;
  caption: FieldValue;
}

async function writePictures(
  place: string,
  stem: string,
  fields: Fields,
): Promise<Record<string, string>> {
  const paths: Record<string, string> = {};
  for (const name of ["source_image", "edited_image"]) {
    const value = fields[name];
    if (!isPictureFile(value)) continue;
    const file = `images/${stem}.${name}${pictureEnding(value.bytes)}`;
    await writeSynced(path.join(place, file), value.bytes);
    paths[name] = file;
  }
  return paths;
}

/** AdvancedEdit's own JSON: a file of pairs for each photograph, with boxes by size, and one of masks, with boxes by corners. */
export const advancedEditFormat: ShardFormat = {
  name: "advancededit",
  ending: "",
  folder: "train",
  read: openAdvancedEditShards,
  async open(place, schema) {
    for (const folder of ["images", "pairs", "masks"]) {
      await mkdir(path.join(place, folder), { recursive: true });
    }
    let open: OpenPhotograph | undefined;
    const writeJson = (folder: string, name: string, content: unknown): Promise<void> =>
      writeSynced(
        path.join(place, folder, `${name}.json`),
        `${JSON.stringify(content, null, 4)}\n`,
      );
    const close = async (): Promise<void> => {
      if (open === undefined) return;
      const { name, pairs, annotations, sourcePath, caption } = open;
      await writeJson("pairs", fileStem(name), pairs);
      const masks = { image_path: sourcePath, img_caption: caption, annotations };
      if (annotations.length > 0) await writeJson("masks", fileStem(name), masks);
      open = undefined;
    };
    const photographFor = async (key: string): Promise<OpenPhotograph> => {
      const name = photographOf(key);
      if (open !== undefined && open.name !== name) await close();
      open ??= { name, pairs: {}, annotations: [], sourcePath: "", caption: "" };
      return open;
    };
    const add = async ({ key, fields }: DatasetRecord): Promise<void> => {
      rowOf(schema, fields);
      const photograph = await photographFor(key);
      const paths = await writePictures(place, fileStem(key), fields);
      const { mask_image: picture, instruction = null, instructions, ...rest } = fields;
      const mask = isPictureFile(picture)
        ? maskFacts(await fromMaskPicture(picture.bytes))
        : undefined;
      const isReplaced = fields["edit_type"] === "replace";
      const masksFile =
        mask === undefined || isReplaced ? "" : `masks/${fileStem(photograph.name)}.json`;
      const sentences: FieldValue = Array.isArray(instructions) ? instructions : [instruction];
      photograph.pairs[String(Object.keys(photograph.pairs).length)] = {
        key,
        origin_img_path: paths["source_image"] ?? "",
        target_img_path: paths["edited_image"] ?? "",
        ...(masksFile !== "" && { mask_json_path: masksFile }),
        instruction: sentences,
        ...classesOf(fields),
        ...othersOf(rest),
        ...(mask !== undefined && { bbox: mask.bbox, segmentation: mask.segmentation }),
      };
      if (mask === undefined || masksFile === "") return;
      photograph.sourcePath = paths["source_image"] ?? "";
      photograph.caption = fields["source_caption"] ?? "";
      const { corners: bbox, segmentation } = mask;
      const { class_origin: gone, class_target: come } = { ...classesOf(fields), ...rest };
      photograph.annotations.push({
        ...{
          class_name: gone === "" ? come : gone,
          detailed_caption: rest["detailed_caption"] ?? "",
        },
        ...{ bbox, segmentation, score: [1] },
      });
    };
    return { add, finish: close };
  },
};

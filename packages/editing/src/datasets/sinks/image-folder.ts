import { mkdir } from "node:fs/promises";
import path from "node:path";
import { EditingError } from "../../errors.ts";
import { fileStem } from "../file-stem.ts";
import { pictureEnding } from "../picture-ending.ts";
import { type FieldValue, isPictureFile } from "../record.ts";
import { rowOf } from "../schema.ts";
import { isPictureColumn, openJsonRecords } from "../sources/json-records.ts";
import type { ShardFormat } from "./shard-writer.ts";
import { writeSynced } from "./write-synced.ts";

/** The hub's imagefolder: a folder of pictures for each shard, with its `metadata.jsonl`. */
export const imageFolderFormat: ShardFormat = {
  name: "imagefolder",
  ending: "",
  folder: "train",
  read: (shards, folder) =>
    openJsonRecords(
      shards.map((shard) => path.join(shard, "metadata.jsonl")),
      folder,
    ),
  check(schema) {
    const unfit = schema.find(({ name, kind }) => kind !== "picture" && isPictureColumn(name));
    if (unfit === undefined) return;
    throw new EditingError("dataset.field", `an imagefolder reads "${unfit.name}" as pictures`, {
      hint: "Give this output another name, or choose another format.",
    });
  },
  async open(place, schema) {
    await mkdir(place);
    const lines: string[] = [];
    return {
      async add({ key, fields }) {
        const stem = fileStem(key);
        const values = rowOf(schema, fields);
        const line: Record<string, FieldValue> = { key };
        for (const [at, { name, kind }] of schema.entries()) {
          const value = values[at] ?? null;
          const column = kind === "picture" ? `${name}_file_name` : name;
          line[column] = value;
          if (!isPictureFile(value)) continue;
          const file = `${stem}.${name}${pictureEnding(value.bytes)}`;
          await writeSynced(path.join(place, file), value.bytes);
          line[column] = file;
        }
        lines.push(`${JSON.stringify(line)}\n`);
      },
      finish: () => writeSynced(path.join(place, "metadata.jsonl"), lines.join("")),
    };
  },
};

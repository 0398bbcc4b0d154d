import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";
import { fileStem } from "../file-stem.ts";
import { pictureEnding } from "../picture-ending.ts";
import { type FieldValue, isPictureFile } from "../record.ts";
import { rowOf } from "../schema.ts";
import { openWebDataset } from "../sources/web-dataset.ts";
import type { ShardFormat } from "./shard-writer.ts";

/** `train-00001.tar`: for each record its pictures, and its other fields as one .json. */
export const webDatasetFormat: ShardFormat = {
  name: "webdataset",
  ending: ".tar",
  folder: "",
  read: openWebDataset,
  async open(place, schema) {
    const tar = pack();
    const written = pipeline(tar, createWriteStream(place, { flush: true }));
    // Told to whoever waits for an entry or for the end.
    written.catch(() => {});
    const put = (name: string, content: Buffer): Promise<void> =>
      Promise.race([
        new Promise<void>((resolve, reject) => {
          const entry = { name, mode: 0o644, mtime: new Date(0) };
          tar.entry(entry, content, (fault) => (fault ? reject(fault) : resolve()));
        }),
        written,
      ]);
    return {
      async add({ key, fields }) {
        const stem = fileStem(key);
        const values = rowOf(schema, fields);
        const others: Record<string, FieldValue> = { key };
        for (const [at, { name }] of schema.entries()) {
          const value = values[at] ?? null;
          if (!isPictureFile(value)) others[name] = value;
          else await put(`${stem}.${name}${pictureEnding(value.bytes)}`, Buffer.from(value.bytes));
        }
        await put(`${stem}.json`, Buffer.from(JSON.stringify(others)));
      },
      async finish() {
        tar.finalize();
        await written;
      },
    };
  },
};

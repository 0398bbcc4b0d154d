import { type DatasetRecord, openDatasetFolder, shardFormat } from "@insightgraph/editing/datasets";
import sharp from "sharp";

/** A picture of 48 x 32 pixels that no other shade looks like. */
export function pairsPicture(shade: number): Promise<Buffer> {
  const data = Uint8Array.from(
    { length: 48 * 32 * 3 },
    (_, byte) => (byte * shade * 7 + (byte >> 6)) % 256,
  );
  return sharp(data, { raw: { width: 48, height: 32, channels: 3 } })
    .png()
    .toBuffer();
}

const fields = [
  { name: "source_image", kind: "picture" },
  { name: "edited_image", kind: "picture" },
  { name: "mask_image", kind: "picture" },
  { name: "instruction", kind: "text" },
  { name: "edit_type", kind: "text" },
  { name: "score", kind: "number" },
  { name: "provenance", kind: "text" },
] as const;

/** The pair `r<number>`. */
export async function pairRecord(number: number, shade: number): Promise<DatasetRecord> {
  const image = { bytes: await pairsPicture(shade) };
  return {
    key: `r${number}`,
    fields: {
      ...{ source_image: image, edited_image: image, mask_image: image },
      ...{ instruction: `remove cup ${number}`, edit_type: number % 2 === 0 ? "remove" : "add" },
      ...{ score: number / 2, provenance: JSON.stringify({ item: `r${number}`, made: "d1" }) },
    },
  };
}

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

/** Writes and publishes a data set of one shard, as a run does. */
export async function writePublished(
  folder: string,
  format: string,
  kept: readonly DatasetRecord[],
  rejected: readonly DatasetRecord[],
): Promise<void> {
  const dataset = await openDatasetFolder(folder, shardFormat(format), fields);
  const facts = await dataset.writeShard(1, each(kept));
  if (facts === undefined) throw new Error("nothing was written");
  await dataset.writeRejected(1, each(rejected));
  const placed = { ...facts, path: dataset.finalPath(0, 1), from: facts.path };
  await dataset.place(placed);
  await dataset.publish([placed], true);
}

/** Writes `r0` to `r5`, of which 3 and 5 look the same, and `r9`, which the graph rejected. */
export async function writePairs(folder: string, format = "parquet"): Promise<void> {
  const kept = [0, 1, 2, 3, 4].map((number) => pairRecord(number, number + 1));
  const { key, fields: own } = await pairRecord(9, 9);
  const why = { rejection_reason: "too blurred", rejected_at: "check" };
  const rejected = [{ key, fields: { ...own, ...why } }];
  await writePublished(folder, format, await Promise.all([...kept, pairRecord(5, 4)]), rejected);
}

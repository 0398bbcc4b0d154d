import { type DatasetRecord, type OpenedDataset, recordOf } from "@insightgraph/editing/datasets";

/** The first records of a data set that can be read. */
export async function firstRecords(
  dataset: OpenedDataset,
  most: number,
): Promise<readonly DatasetRecord[]> {
  const records: DatasetRecord[] = [];
  for await (const item of dataset.items()) {
    if (records.length >= most) break;
    const fields = await item.load().catch(() => undefined);
    if (fields !== undefined) records.push(recordOf(item, fields));
  }
  return records;
}

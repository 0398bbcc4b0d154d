import { isPictureFile, type OpenedDataset, recordOf } from "@insightgraph/editing/datasets";
import { pictureSize } from "@insightgraph/editing/pictures";

/** Smallest, mean and largest of some numbers. */
export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** What a data set holds, in numbers. */
export interface DatasetStats {
  readonly records: number;
  readonly unreadable: number;
  /** By field: how many records have a value. */
  readonly filled: Readonly<Record<string, number>>;
  /** By kind of edit. */
  readonly editTypes: Readonly<Record<string, number>>;
  readonly instructionWords: Spread;
  /** Longer side of the source pictures. */
  readonly sourcePixels: Spread;
}

function createSpread() {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add(value: number): void {
      count += 1;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    },
    get: (): Spread =>
      count === 0 ? { count, min: 0, mean: 0, max: 0 } : { count, min, mean: sum / count, max },
  };
}

function increment(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** Counts what a data set holds. @param limit How many records to look at. */
export async function countDataset(source: OpenedDataset, limit: number): Promise<DatasetStats> {
  const filled: Record<string, number> = {};
  const editTypes: Record<string, number> = {};
  const [words, pixels] = [createSpread(), createSpread()];
  let [records, unreadable] = [0, 0];
  for await (const item of source.items()) {
    if (records + unreadable >= limit) break;
    const loaded = await item.load().catch(() => undefined);
    if (loaded === undefined) {
      unreadable += 1;
      continue;
    }
    records += 1;
    const { fields } = recordOf(item, loaded);
    for (const [name, value] of Object.entries(fields)) if (value !== null) increment(filled, name);
    const { edit_type: type, instruction, source_image: picture } = fields;
    if (typeof type === "string") increment(editTypes, type);
    if (typeof instruction === "string") words.add(instruction.split(/\s+/).filter(Boolean).length);
    const size = isPictureFile(picture) ? await pictureSize(picture.bytes) : undefined;
    if (size !== undefined) pixels.add(Math.max(size.width, size.height));
  }
  const spreads = { instructionWords: words.get(), sourcePixels: pixels.get() };
  return { records, unreadable, filled, editTypes, ...spreads };
}

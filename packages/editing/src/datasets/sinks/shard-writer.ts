import type { AddressedSource, DatasetRecord } from "../record.ts";
import type { Field } from "../schema.ts";

/** Writes the records of one shard. */
export interface ShardWriter {
  /** Throws: `dataset.field` for a record that does not fit the columns; then nothing of it is written. */
  add(record: DatasetRecord): Promise<void>;
  /** Completes the shard; everything is on the disk when it resolves. */
  finish(): Promise<void>;
}

/** A format in which data sets are written. */
export interface ShardFormat {
  readonly name: string;
  /** What a shard's name ends in; empty for a shard that is a folder. */
  readonly ending: string;
  /** The folder of the shards below that of the data set, where other programs look for them. */
  readonly folder: string;
  /** Throws: `dataset.field` for columns that could not be read again. @default all can */
  check?(schema: readonly Field[]): void;
  /** @param place Path of the new file or folder. */
  open(place: string, schema: readonly Field[]): Promise<ShardWriter>;
  /** Reads shards. @param shards Absolute paths. */
  read(shards: readonly string[], folder: string): AddressedSource;
}

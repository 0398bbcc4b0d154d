/** A picture as an encoded file. */
export interface PictureFile {
  readonly bytes: Uint8Array;
  /** The name that it had where it was read. */
  readonly name?: string;
  /** The path of the file, where the bytes are all of it. */
  readonly place?: string;
}

/** What a field of a record holds: JSON, pictures, or lists and objects of both. */
export type FieldValue =
  | null
  | boolean
  | number
  | string
  | PictureFile
  | readonly FieldValue[]
  | { readonly [name: string]: FieldValue };

/** The fields of a record by name. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** One example of a data set. */
export interface DatasetRecord {
  /** Names the record within its data set, the same each time it is read. */
  readonly key: string;
  readonly fields: Fields;
}

/** How much of a record is read. */
export interface LoadOptions {
  /** Pictures are null, or missing: reading them is spared where the format allows. @default false */
  readonly isWithoutPictures?: boolean;
  /** Nothing beside it is read next, so nothing is read ahead and held. @default false */
  readonly isLone?: boolean;
}

/** A record that is not read yet. */
export interface DatasetItem {
  readonly key: string;
  /** Changes where the files change that it is read from. */
  readonly version: string;
  /** Throws: `dataset.unreadable`, `dataset.field`. */
  load(options?: LoadOptions): Promise<Fields>;
}

/** Where records come from. */
export interface DatasetSource {
  /** The format that the files have. */
  readonly format: string;
  /** In the order of the files; never held whole. Throws: `dataset.unreadable` where nothing can be read at all. */
  items(): AsyncIterable<DatasetItem>;
  /** How many items there are; absent where that takes as long as reading them. */
  count?(): Promise<number>;
}

/** A record that can be read again later. */
export interface AddressedItem extends DatasetItem {
  /** Where it lies in its source, for `loadAt`; empty where nothing can be read. */
  readonly address: string;
}

/** A source whose items can be read again by their address, without those before them and without holding them. */
export interface AddressedSource extends DatasetSource {
  items(): AsyncIterable<AddressedItem>;
  /** What `load` of the item gives. Throws: as `load`. */
  loadAt(address: string, options?: LoadOptions): Promise<Fields>;
}

/** Whether a value is a picture. */
export function isPictureFile(value: FieldValue | undefined): value is PictureFile {
  return (
    typeof value === "object" &&
    value !== null &&
    "bytes" in value &&
    value.bytes instanceof Uint8Array
  );
}

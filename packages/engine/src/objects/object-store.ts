/** What a listing tells of an object. */
export interface ObjectEntry {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly writtenMs: number;
}

/** Bytes under keys such as `results/abc`, shared by machines; what is written is never changed. */
export interface ObjectStore {
  /** A folder or `s3://BUCKET/PREFIX`, for people. */
  readonly place: string;
  /** Writes an object unless there is one under its key. @returns whether it wrote. Throws: `objects.*`. */
  create(key: string, bytes: Uint8Array): Promise<boolean>;
  /** undefined where there is none. Throws: `objects.*`. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** The objects whose keys begin with a prefix, in no order. Throws: `objects.*`. */
  list(prefix: string): AsyncIterable<ObjectEntry>;
  /** Removes an object; none is no fault. Throws: `objects.*`. */
  remove(key: string): Promise<void>;
}

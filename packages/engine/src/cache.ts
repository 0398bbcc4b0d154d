export { type Codecs, codecsOf } from "./cache/codecs.ts";
export { canonicalJson } from "./cache/content-key.ts";
export { createDiskStore, type DiskStoreOptions } from "./cache/disk-store.ts";
export { keepSlow } from "./cache/keep-slow.ts";
export { createLayeredStore } from "./cache/layered-store.ts";
export { createMemoryStore } from "./cache/memory-store.ts";
export { readRegular } from "./cache/read-regular.ts";
export type {
  ResultStore,
  StoredResult,
  StoredValue,
  StoreLimits,
  StoreStats,
} from "./cache/store.ts";
export { type WriteOptions, writeFault, writeWhole } from "./cache/write-whole.ts";

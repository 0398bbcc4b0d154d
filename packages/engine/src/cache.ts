export { createMemoryStore } from "./cache/memory-store.ts";
export type {
  ResultStore,
  StoredResult,
  StoredValue,
  StoreLimits,
  StoreStats,
} from "./cache/store.ts";

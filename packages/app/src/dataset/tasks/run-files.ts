import { createHash } from "node:crypto";
import { EngineError } from "@insightgraph/engine/errors";
import type { ObjectStore } from "@insightgraph/engine/objects";

/** Files of one run, which its submitter and the workers share, by content. */
export interface RunFiles {
  /** @returns the digest that names the file */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws: `objects.unavailable` where it is gone, and the store's faults. */
  get(digest: string): Promise<Uint8Array>;
  /** Removes all of them. */
  clear(): Promise<void>;
}

/** Opens the files of a run. */
export function createRunFiles(store: ObjectStore, run: string): RunFiles {
  const prefix = `runs/${run}/`;
  return {
    async put(bytes) {
      const digest = createHash("sha256").update(bytes).digest("hex");
      await store.create(prefix + digest, bytes);
      return digest;
    },
    async get(digest) {
      const bytes = await store.read(prefix + digest);
      if (bytes !== undefined) return bytes;
      throw new EngineError("objects.unavailable", `${store.place} has no file ${digest}`, {
        hint: "Give all workers and the run the same --store.",
      });
    },
    async clear() {
      for await (const { key } of store.list(prefix)) await store.remove(key);
    },
  };
}

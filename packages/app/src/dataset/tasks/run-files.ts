import { createHash } from "node:crypto";
import { EngineError } from "@insightgraph/engine/errors";
import type { ObjectStore } from "@insightgraph/engine/objects";
import type { Ask } from "./patiently.ts";

/** Files of one run, which its submitter and the workers share, by content. */
export interface RunFiles {
  /** @returns the digest that names the file */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws: `file.unreadable` where it is not there, and the store's faults. */
  get(digest: string): Promise<Uint8Array>;
  /** Removes all of them. */
  clear(): Promise<void>;
}

/** Opens the files of a run. @param ask Asks the store, and may ask again */
export function createRunFiles(store: ObjectStore, run: string, ask: Ask): RunFiles {
  const prefix = `runs/${run}/`;
  return {
    async put(bytes) {
      const digest = createHash("sha256").update(bytes).digest("hex");
      await ask(() => store.create(prefix + digest, bytes));
      return digest;
    },
    async get(digest) {
      const bytes = await ask(() => store.read(prefix + digest));
      if (bytes !== undefined) return bytes;
      throw new EngineError("file.unreadable", `${store.place} has no file ${digest}`, {
        hint: "Give all workers and the run the same --store.",
      });
    },
    clear: () =>
      ask(async () => {
        for await (const { key } of store.list(prefix)) await store.remove(key);
      }),
  };
}

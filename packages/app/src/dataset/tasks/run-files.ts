import { createHash } from "node:crypto";
import { EngineError } from "@insightgraph/engine/errors";
import type { ObjectStore } from "@insightgraph/engine/objects";
import type { Ask } from "./patiently.ts";

/** Files of one run, which its submitter and the workers share, by content. */
export interface RunFiles {
  /** What was put a short while ago is not sent again. @returns the digest that names the file */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws: `file.unreadable` where it is not there, and the store's faults. */
  get(digest: string): Promise<Uint8Array>;
  /** Removes all of them. */
  clear(): Promise<void>;
}

/** Files that are remembered as put: those that a graph names come with each of its items. */
const maxRemembered = 1000;

/** Opens the files of a run. @param ask Asks the store, and may ask again */
export function createRunFiles(store: ObjectStore, run: string, ask: Ask): RunFiles {
  const prefix = `runs/${run}/`;
  const remembered = new Set<string>();
  const remember = (digest: string): void => {
    remembered.add(digest);
    const [oldest] = remembered;
    if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
  };
  return {
    async put(bytes) {
      const digest = createHash("sha256").update(bytes).digest("hex");
      if (remembered.has(digest)) return digest;
      await ask(() => store.create(prefix + digest, bytes));
      remember(digest);
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
        remembered.clear();
        for await (const { key } of store.list(prefix)) await store.remove(key);
      }),
  };
}

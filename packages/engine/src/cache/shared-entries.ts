import { EngineError } from "../errors.ts";
import type { ObjectStore } from "../objects/object-store.ts";

/** Largest entry that is shared: what is larger is soon computed again, or not worth its way. */
const maxEntryBytes = 64 * 1024 ** 2;
/** For so long a store that failed is left alone, so that no run waits for it at every node. */
const restMs = 30_000;

/** Encoded results in a store that other machines read too. Faults never reach a caller. */
export interface SharedEntries {
  read(name: string): Promise<Uint8Array | undefined>;
  add(name: string, parts: readonly Uint8Array[]): Promise<void>;
  /** Removes an entry that is damaged, and reports it. */
  dropDamaged(name: string, cause: unknown): Promise<void>;
}

function unshared(place: string, cause: unknown): EngineError {
  const what = cause instanceof EngineError ? cause.what : String(cause);
  return new EngineError("cache.unavailable", `results are not shared: ${what}`, {
    at: { path: place },
    hint: cause instanceof EngineError ? cause.hint : "See its cause.",
    cause,
  });
}

function damaged(place: string, cause: unknown): EngineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError("cache.damaged", `a shared result cannot be used: ${reason}`, {
    at: { path: place },
    hint: "It has been deleted and is computed again.",
    cause,
  });
}

/** Keeps encoded results in a store of objects, under `results/`. */
export function shareEntries(
  objects: ObjectStore,
  report: (fault: EngineError) => void,
  now: () => number,
): SharedEntries {
  let restsUntilMs = Number.NEGATIVE_INFINITY;
  const keyOf = (name: string): string => `results/${name}`;

  /** Each outage is reported once, when it begins. */
  const attempt = async <T>(call: () => Promise<T>): Promise<T | undefined> => {
    if (now() < restsUntilMs) return undefined;
    try {
      return await call();
    } catch (cause) {
      if (now() >= restsUntilMs) report(unshared(objects.place, cause));
      restsUntilMs = now() + restMs;
      return undefined;
    }
  };

  return {
    read: (name) => attempt(() => objects.read(keyOf(name))),
    async add(name, parts) {
      const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
      if (bytes > maxEntryBytes) return;
      await attempt(() => objects.create(keyOf(name), Buffer.concat(parts)));
    },
    async dropDamaged(name, cause) {
      report(damaged(`${objects.place}/${keyOf(name)}`, cause));
      await attempt(() => objects.remove(keyOf(name)));
    },
  };
}

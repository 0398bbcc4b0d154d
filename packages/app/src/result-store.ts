import { arch, platform } from "node:os";
import { stderr } from "node:process";
import {
  type Codecs,
  codecsOf,
  createDiskStore,
  createLayeredStore,
  createMemoryStore,
  keepSlow,
  type ResultStore,
} from "@insightgraph/engine/cache";
import type { Device, Registry } from "@insightgraph/engine/node";
import { type ObjectStore, openObjectStore } from "@insightgraph/engine/objects";
import { codeDigest } from "./code-digest.ts";
import { cacheDir, sharedStore } from "./places.ts";

/** Largest size of the disk cache, in bytes. */
export const maxCacheBytes: number = 2 * 1024 ** 3;

/** What a result depends on besides its key: the code and the kind of device. */
async function namespaceOf(nodesDigest: string, { provider, precision }: Device): Promise<string> {
  const device = `${provider} ${precision} ${platform()} ${arch()}`;
  return [await codeDigest(), nodesDigest, device, `node ${process.version}`].join("\n");
}

/** The store that other machines read too, where INSIGHTGRAPH_STORE names one. Throws: `objects.place`. */
export function openSharedStore(): ObjectStore | undefined {
  return sharedStore === undefined ? undefined : openObjectStore(sharedStore);
}

/** Opens the disk cache. Without codecs, it can count and clear the results of all namespaces. */
export function openDiskStore(
  codecs: Codecs = new Map(),
  namespace = "",
  shared?: ObjectStore,
): ResultStore {
  return createDiskStore({
    ...(shared === undefined ? {} : { shared }),
    folder: cacheDir,
    codecs,
    namespace,
    maxBytes: maxCacheBytes,
    report: ({ message }) => void stderr.write(`${message}\n`),
  });
}

/**
 * A memory cache over the disk cache, for the node types that a run may use.
 * @param nodesDigest Digest of the code of node types from outside the pack.
 * @param leastCachedMs Results that took less to make are not put on the disk.
 */
export async function openResultStore(
  registry: Registry,
  nodesDigest: string,
  device: Device,
  leastCachedMs = 0,
): Promise<ResultStore> {
  const memory = createMemoryStore();
  try {
    const namespace = await namespaceOf(nodesDigest, device);
    const disk = openDiskStore(codecsOf(registry), namespace, openSharedStore());
    return createLayeredStore(memory, keepSlow(disk, leastCachedMs));
  } catch (cause) {
    // Without the code digest, no cached result can be trusted; runs work without the disk cache.
    stderr.write(`the disk cache is off: ${String(cause)}\n`);
    return memory;
  }
}

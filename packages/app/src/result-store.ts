import { arch, platform } from "node:os";
import { stderr } from "node:process";
import {
  type Codecs,
  codecsOf,
  createDiskStore,
  createLayeredStore,
  createMemoryStore,
  type ResultStore,
} from "@insightgraph/engine/cache";
import type { Device, Registry } from "@insightgraph/engine/node";
import { codeDigest } from "./code-digest.ts";
import { cacheDir } from "./places.ts";

/** Most bytes that kept results may take on disk. */
export const maxCacheBytes: number = 2 * 1024 ** 3;

/** What a result depends on besides its key: the code, and the device class that ran it. */
async function namespaceOf(nodesDigest: string, { provider, precision }: Device): Promise<string> {
  const device = `${provider} ${precision} ${platform()} ${arch()}`;
  return [await codeDigest(), nodesDigest, device, `node ${process.version}`].join("\n");
}

/** The results on disk; without codecs it can count and clear those of every namespace. */
export function openDiskStore(codecs: Codecs = new Map(), namespace = ""): ResultStore {
  return createDiskStore({
    folder: cacheDir,
    codecs,
    namespace,
    maxBytes: maxCacheBytes,
    report: ({ message }) => void stderr.write(`${message}\n`),
  });
}

/**
 * Memory over disk, for the node types that a run may use.
 * @param nodesDigest Names the code of node types from outside the pack.
 */
export async function openResultStore(
  registry: Registry,
  nodesDigest: string,
  device: Device,
): Promise<ResultStore> {
  const memory = createMemoryStore();
  try {
    return createLayeredStore(
      memory,
      openDiskStore(codecsOf(registry), await namespaceOf(nodesDigest, device)),
    );
  } catch (cause) {
    // Without knowing the code, no kept result can be trusted; runs go on all the same.
    stderr.write(`no results are kept on disk: ${String(cause)}\n`);
    return memory;
  }
}

import { statSync } from "node:fs";

/** Two writes that follow each other faster may leave a file with the same times: some systems count them in steps of 2 s. */
const settledMs = 2000;

/** What tells a file from what it was before. */
interface FileVersion {
  readonly id: string;
  readonly changedMs: number;
}

/** That of a file that is not there is told as well; undefined where it cannot be looked at. */
function versionOf(file: string): FileVersion | undefined {
  try {
    // For a few files much cheaper than an asynchronous look, which passes through another thread.
    const found = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (found === undefined) return { id: "absent", changedMs: 0 };
    const { dev, ino, size, mtimeNs, ctimeNs } = found;
    return { id: [dev, ino, size, mtimeNs, ctimeNs].join(" "), changedMs: Number(ctimeNs) / 1e6 };
  } catch {
    return undefined;
  }
}

/**
 * Keeps what was read from each file until the file changes, as its size, times or inode tell.
 * @param read Reads a file, or says what is known without it; what it throws is not kept.
 */
export function keepUnchanged<Value>(
  read: (file: string) => Promise<Value>,
  now: () => number = Date.now,
): (file: string) => Promise<Value> {
  const kept = new Map<string, { readonly id: string; readonly value: Value }>();
  return async (file) => {
    const version = versionOf(file);
    const before = kept.get(file);
    if (before !== undefined && before.id === version?.id) return before.value;
    kept.delete(file);
    const value = await read(file);
    if (version !== undefined && now() - version.changedMs > settledMs) {
      kept.set(file, { id: version.id, value });
    }
    return value;
  };
}

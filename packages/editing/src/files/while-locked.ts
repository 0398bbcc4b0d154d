import { mkdir, open, readFile, realpath, rm, rmdir } from "node:fs/promises";
import path from "node:path";

/** The locks of this process; one with its number that it does not hold was left by another process of that number. */
const held = new Set<string>();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: the process exists, but belongs to another user.
    return thrown instanceof Error && Reflect.get(thrown, "code") === "EPERM";
  }
}

async function claim(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && Reflect.get(thrown, "code") === "EEXIST") return false;
    throw thrown;
  }
}

/** The other process that holds a lock; undefined where it is dead. */
async function ownerOf(file: string): Promise<number | undefined> {
  const owner = Number(await readFile(file, "utf8").catch(() => ""));
  return owner > 0 && owner !== process.pid && isAlive(owner) ? owner : undefined;
}

/**
 * Runs a task while nobody else runs one under the same name in a folder.
 * @param busy What is thrown where a process does.
 */
export async function whileLocked<T>(
  folder: string,
  name: string,
  busy: (owner: number) => Error,
  task: () => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const file = path.join(await realpath(folder), `${name}.lock`);
  if (held.has(file)) throw busy(process.pid);
  held.add(file);
  try {
    if (!(await claim(file))) {
      const owner = await ownerOf(file);
      if (owner !== undefined) throw busy(owner);
      await rm(file, { force: true });
      await claim(file);
    }
    try {
      return await task();
    } finally {
      await rm(file, { force: true });
      // Removes the folder if the task left it empty.
      await rmdir(folder).catch(() => {});
    }
  } finally {
    held.delete(file);
  }
}

import { mkdir, open, readFile, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { EditingError } from "../errors.ts";

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

/** Runs a task while no other process adds to the same checkpoint. Throws: checkpoint.busy */
export async function whileLocked<T>(folder: string, task: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "add.lock");
  if (!(await claim(file))) {
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (owner > 0 && owner !== process.pid && isAlive(owner)) {
      throw new EditingError("checkpoint.busy", `process ${owner} is adding files to it.`, {
        at: path.basename(folder),
        hint: "Wait until that process ends.",
      });
    }
    // The owner is dead; take over its lock.
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
}

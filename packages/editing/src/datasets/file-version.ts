import { stat } from "node:fs/promises";

/** Changes where a file changes: its size and its time. Throws: what `stat` throws. */
export async function fileVersion(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  return `${size} ${mtimeMs}`;
}

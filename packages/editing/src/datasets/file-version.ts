import { statRegular } from "../files/regular-file.ts";

/** Changes where a file changes: its size and its time. Throws: what `statRegular` throws. */
export async function fileVersion(file: string): Promise<string> {
  const { size, mtimeMs } = await statRegular(file);
  return `${size} ${mtimeMs}`;
}

import { readFile } from "node:fs/promises";
import path from "node:path";
import { projectDir } from "./places.ts";

/** The version in the project's package.json. */
export async function appVersion(): Promise<string> {
  const text = await readFile(path.join(projectDir, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

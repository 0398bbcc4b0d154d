import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { versionsFile } from "./places.ts";

/** A module at the top of each package whose code determines results. */
const entries = [
  "@insightgraph/engine/node",
  "@insightgraph/models",
  "@insightgraph/editing/errors",
  "@insightgraph/nodes",
] as const;

const { resolve } = createRequire(import.meta.url);

function isCode(name: string): boolean {
  return /\.(js|ts)$/.test(name) && !/\.(d|test|test-d|contract|fixture)\.(js|ts)$/.test(name);
}

/** The code files of a package, sources or compiled, wherever it is installed. */
async function codeFiles(entry: string): Promise<string[]> {
  const folder = path.dirname(resolve(entry));
  const files = await readdir(folder, { recursive: true });
  return files
    .filter(isCode)
    .sort()
    .map((file) => path.join(folder, file));
}

let known: Promise<string> | undefined;

/**
 * SHA-256 over the code that results depend on and the versions of its dependencies, so that changed
 * code never reuses an older result, even if no node version was raised. Computed once per process.
 */
export function codeDigest(): Promise<string> {
  known ??= readDigest();
  return known;
}

async function readDigest(): Promise<string> {
  const files = [...(await Promise.all(entries.map(codeFiles))).flat()];
  files.push(versionsFile);
  const texts = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash("sha256");
  for (const [at, text] of texts.entries()) {
    hash.update(`${path.basename(files[at] ?? "")} ${text.length}:`).update(text);
  }
  return hash.digest("hex");
}

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { projectDir } from "./places.ts";

/** A subpath of each package whose code determines results; all lie directly in `src`. */
const hashedPackages = ["editing/errors", "engine/node", "models", "nodes"] as const;

function isCode(name: string): boolean {
  return /\.(js|ts)$/.test(name) && !/\.(d|test|test-d|contract|fixture)\.(js|ts)$/.test(name);
}

/** The package's code files, in the form in which they are imported. */
async function codeFiles(name: string): Promise<string[]> {
  const folder = path.dirname(fileURLToPath(import.meta.resolve(`@insightgraph/${name}`)));
  const files = await readdir(folder, { recursive: true });
  return files
    .filter(isCode)
    .sort()
    .map((file) => path.join(folder, file));
}

/** All code files that results depend on. */
export async function digestedFiles(): Promise<readonly string[]> {
  return (await Promise.all(hashedPackages.map(codeFiles))).flat();
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
  const files = [...(await digestedFiles()), path.join(projectDir, "pnpm-lock.yaml")];
  const texts = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash("sha256");
  for (const [at, text] of texts.entries()) {
    hash.update(`${path.basename(files[at] ?? "")} ${text.length}:`).update(text);
  }
  return hash.digest("hex");
}

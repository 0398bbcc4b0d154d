import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { projectDir } from "./places.ts";

/** Packages whose code determines results. */
const packages = ["engine", "models", "editing", "nodes"] as const;
/** Folder of a package's code; compiled if this module is. */
const codeFolder = path.extname(import.meta.url) === ".ts" ? "src" : "dist";

function isCode(name: string): boolean {
  return /\.(js|ts)$/.test(name) && !/\.(d|test|test-d|contract|fixture)\.(js|ts)$/.test(name);
}

async function codeFiles(name: string): Promise<string[]> {
  const folder = path.join(projectDir, "packages", name, codeFolder);
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
  const files = [...(await Promise.all(packages.map(codeFiles))).flat()];
  files.push(path.join(projectDir, "pnpm-lock.yaml"));
  const texts = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash("sha256");
  for (const [at, text] of texts.entries()) {
    hash.update(`${path.basename(files[at] ?? "")} ${text.length}:`).update(text);
  }
  return hash.digest("hex");
}

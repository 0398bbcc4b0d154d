import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const maxPartBytes = 60 * 2 ** 20;
const manifestName = "manifest.json";

interface Part {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A folder as a compressed tar file that is cut into parts. */
export interface Archive {
  readonly name: string;
  /** Of the tar file before compression: equal folders, equal archives. */
  readonly sha256: string;
  readonly parts: readonly Part[];
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What an earlier run wrote, while all its parts still lie there. */
function keptArchive(name: string, parts: string): Archive | undefined {
  const manifest = path.join(parts, manifestName);
  if (!existsSync(manifest)) return undefined;
  const { archives } = JSON.parse(readFileSync(manifest, "utf8")) as { archives: Archive[] };
  const kept = archives.find((archive) => archive.name === name);
  const isWhole = kept?.parts.every(({ file, sha256 }) => {
    const place = path.join(parts, file);
    return existsSync(place) && digest(readFileSync(place)) === sha256;
  });
  return isWhole ? kept : undefined;
}

/** Names in order, no times and no owners, so that only content counts. */
const stable = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];

function cut(name: string, whole: Buffer, parts: string): readonly Part[] {
  const count = Math.ceil(whole.byteLength / maxPartBytes);
  return Array.from({ length: count }, (_, at) => {
    const bytes = whole.subarray(at * maxPartBytes, (at + 1) * maxPartBytes);
    const file = `${name}.tar.xz.${at + 1}`;
    writeFileSync(path.join(parts, file), bytes);
    return { file, bytes: bytes.byteLength, sha256: digest(bytes) };
  });
}

/** Writes a folder's parts into another; what lies there unchanged is left as it is. */
export function writeArchive(name: string, folder: string, parts: string): Archive {
  mkdirSync(parts, { recursive: true });
  const tar = path.join(path.dirname(folder), `${name}.tar`);
  execFileSync("tar", [...stable, "-cf", tar, "-C", folder, "."]);
  const sha256 = digest(readFileSync(tar));
  const kept = keptArchive(name, parts);
  if (kept?.sha256 === sha256) {
    rmSync(tar);
    return kept;
  }
  for (const file of readdirSync(parts)) {
    if (file.startsWith(`${name}.tar.xz.`)) rmSync(path.join(parts, file));
  }
  // Two threads, whatever the machine has: more or fewer give other bytes. Higher presets take minutes and save no part.
  execFileSync("xz", ["-1", "-T2", tar]);
  const made = { name, sha256, parts: cut(name, readFileSync(`${tar}.xz`), parts) };
  rmSync(`${tar}.xz`);
  return made;
}

export function writeManifest(archives: readonly Archive[], parts: string): void {
  writeFileSync(path.join(parts, manifestName), `${JSON.stringify({ archives }, null, 2)}\n`);
}

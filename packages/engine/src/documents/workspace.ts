import { createHash } from "node:crypto";
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import path from "node:path";
import { readRegular } from "../cache/read-regular.ts";
import { writeFault, writeWhole } from "../cache/write-whole.ts";
import { EngineError } from "../errors.ts";
import type { GraphFile } from "../protocol/document.ts";

/** The graph files of a folder, by their paths from there, with forward slashes. */
export interface Workspace {
  /** Files that begin like a graph, sorted by name; manifests of runs, which contain one, are none. */
  list(): Promise<readonly GraphFile[]>;
  /** Throws: `document.file-name`, `file.unreadable`. */
  read(file: string): Promise<Uint8Array>;
  /** What `read` gives; undefined where there is no such file. */
  find(file: string): Promise<Uint8Array | undefined>;
  /** Throws: `document.file-name`, `disk.full`, `file.unwritable`. */
  write(file: string, text: string): Promise<void>;
  /** Throws: `document.file-exists` instead of replacing a file. */
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
}

const maxBytes = 64 * 1024 * 1024;
const maxFiles = 2000;
const maxDepth = 4;
/** A graph names its format within this many bytes, unless somebody wrote it otherwise. */
const headBytes = 64 * 1024;
const graphMark = /"format"\s*:\s*"insightgraph"/;

/** SHA-256 of some bytes, in hex. */
export function digestOf(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function wrongName(file: string, reason: string): EngineError {
  return new EngineError("document.file-name", `"${file.slice(0, 200)}" ${reason}`, {
    hint: "Give a name such as portrait.json, or portraits/one.json for a folder inside the workspace.",
  });
}

/** The name as it is used: with `.json` at its end. Throws: `document.file-name`. */
export function checkedName(given: string): string {
  const file = /\.json$/i.test(given) ? given : `${given}.json`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f\\]/.test(file))
    throw wrongName(given, "has a character that file names cannot have");
  const parts = file.split("/");
  if (parts.some((part) => part === "" || part.startsWith("."))) {
    throw wrongName(given, "does not name a file inside the workspace");
  }
  if (parts.some((part) => Buffer.byteLength(part) > 200)) throw wrongName(given, "is too long");
  return file;
}

/** The text at the beginning of a regular file. */
async function headOf(file: string): Promise<string> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, "r");
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle?.close();
  }
}

/** The folder, links resolved. Throws: `file.unreadable` where it is gone. */
async function rootOf(folder: string): Promise<string> {
  return realpath(folder).catch((cause: unknown) => {
    throw new EngineError("file.unreadable", `the workspace "${folder}" is not there`, {
      hint: "Bring the folder back, or start the server in another one. What you edited is kept.",
      cause,
    });
  });
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
}

/** The graph files of a folder. */
export function openWorkspace(folder: string): Workspace {
  /** Throws: `document.file-name` where a link leads out of the folder. */
  const placeOf = async (given: string): Promise<string> => {
    const place = path.join(folder, ...checkedName(given).split("/"));
    const root = await rootOf(folder);
    const parent = await realpath(path.dirname(place)).catch((cause: unknown) => {
      throw writeFault(place, cause);
    });
    // A link in place of the file counts as what it leads to.
    const real = await realpath(place).catch(() => path.join(parent, path.basename(place)));
    if (real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) return real;
    throw wrongName(given, "lies outside the workspace");
  };
  const toGraphFile = async (file: string): Promise<GraphFile | undefined> => {
    const place = path.join(folder, file);
    const about = await stat(place).catch(() => undefined);
    if (about === undefined || !about.isFile() || about.size > maxBytes) return undefined;
    const head = await headOf(place).catch(() => "");
    if (!graphMark.test(head) || /\.manifest\.json$/i.test(file)) return undefined;
    return { file, sizeBytes: about.size, modifiedMs: Math.round(about.mtimeMs) };
  };
  const jsonFilesIn = async (inside: string, depth: number): Promise<string[]> => {
    const entries = await readdir(path.join(folder, inside), { withFileTypes: true }).catch(
      () => [],
    );
    const found: string[] = [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory() && depth < maxDepth)
        found.push(...(await jsonFilesIn(name, depth + 1)));
      else if (!entry.isDirectory() && /\.json$/i.test(entry.name)) found.push(name);
      if (found.length >= maxFiles) break;
    }
    return found.slice(0, maxFiles);
  };
  const workspace: Workspace = {
    async list() {
      await rootOf(folder);
      const found = await Promise.all((await jsonFilesIn("", 0)).map(toGraphFile));
      return found.filter((file) => file !== undefined);
    },
    async read(file) {
      try {
        return await readRegular(await placeOf(file), maxBytes);
      } catch (cause) {
        if (cause instanceof EngineError) throw cause;
        throw new EngineError("file.unreadable", `"${file}" cannot be read`, {
          hint: "List the workspace's files to see what there is.",
          cause,
        });
      }
    },
    async find(file) {
      try {
        return await readRegular(await placeOf(file), maxBytes);
      } catch (thrown) {
        if (isMissing(thrown)) return undefined;
        throw thrown;
      }
    },
    async write(file, text) {
      await writeWhole(await placeOf(file), text);
    },
    async rename(from, to) {
      if ((await workspace.find(to)) !== undefined) throw fileExists(to);
      const target = await placeOf(to);
      try {
        await rename(await placeOf(from), target);
      } catch (cause) {
        throw writeFault(target, cause);
      }
    },
    async remove(file) {
      await rm(await placeOf(file));
    },
  };
  return workspace;
}

/** The refusal to replace a file that belongs to something else. */
export function fileExists(file: string): EngineError {
  return new EngineError("document.file-exists", `there is a file "${file}" already`, {
    hint: "Choose another name, or ask for it to be replaced.",
  });
}

/** Makes a folder. Throws: `disk.full`, `file.unwritable`. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw writeFault(folder, cause);
  });
}

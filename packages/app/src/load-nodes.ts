import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { EngineError, type ErrorCode } from "@insightgraph/engine/errors";
import type { AnyNode } from "@insightgraph/engine/node";
import { BundleError, bundleNodes } from "./bundle-nodes.ts";
import { definitionFault, isMeantAsNode } from "./check-definition.ts";

/** Node definitions from outside the pack. */
export interface LoadedNodes {
  readonly definitions: readonly AnyNode[];
  /** File or folder of each type, for error messages. */
  readonly sources: ReadonlyMap<string, string>;
  /** SHA-256 over their code. */
  readonly digest: string;
}

const entryNames = ["index.ts", "index.mts", "index.js", "index.mjs"];

function refuse(code: ErrorCode, place: string, what: string, hint: string, cause?: unknown) {
  return new EngineError(code, `"${place}" ${what}`, { hint, cause });
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (about) => about.isFile(),
    () => false,
  );
}

/** The entry file that a package.json names. */
async function mainOf(folder: string): Promise<string | undefined> {
  const file = path.join(folder, "package.json");
  if (!(await isFile(file))) return undefined;
  const found = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  const main = [found["exports"], found["main"]].find((field) => typeof field === "string");
  return typeof main === "string" ? path.join(folder, main) : undefined;
}

async function entryOf(place: string): Promise<string> {
  const about = await stat(place).catch((cause: unknown) => {
    const hint = "Give --nodes a .ts or .js file, or a folder with one.";
    throw refuse("nodes.unreadable", place, "does not exist", hint, cause);
  });
  if (about.isFile()) return place;
  if (!about.isDirectory()) {
    throw refuse(
      "nodes.unreadable",
      place,
      "is a pipe or a device",
      "Give --nodes a file or a folder.",
    );
  }
  const main = await mainOf(place).catch((cause: unknown) => {
    const hint = "Correct its package.json.";
    throw refuse("nodes.unreadable", place, "has a package.json that is not JSON", hint, cause);
  });
  for (const entry of [main, ...entryNames.map((name) => path.join(place, name))]) {
    if (entry !== undefined && (await isFile(entry))) return entry;
  }
  const hint = `Add a "main" to its package.json, or an index.ts to the folder.`;
  throw refuse("nodes.unreadable", place, "has no entry file", hint);
}

async function importText(place: string, code: string): Promise<Record<string, unknown>> {
  // A data URL: nothing is written to disk, and changed code is a different module.
  const address = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  try {
    return (await import(address)) as Record<string, unknown>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const [line = ""] = reason.split("\n");
    const hint = "Correct the file; set INSIGHTGRAPH_DEBUG to see the stack.";
    throw refuse("nodes.unreadable", place, `does not run: ${line}`, hint, cause);
  }
}

/** The node definitions among a module's exports, single or in lists. */
function definitionsIn(place: string, exports: Readonly<Record<string, unknown>>): AnyNode[] {
  const found = new Map<unknown, string>();
  for (const [name, value] of Object.entries(exports)) {
    if (Array.isArray(value) && value.some(isMeantAsNode)) {
      for (const [at, item] of value.entries()) found.set(item, `${name}[${at}]`);
    } else if (isMeantAsNode(value)) found.set(value, name);
  }
  if (found.size === 0) {
    const hint = "Export the result of defineNode; docs/adding-a-node.md shows a complete file.";
    throw refuse("nodes.none", place, "exports no node definition", hint);
  }
  for (const [value, name] of found) {
    const fault = definitionFault(value);
    if (fault === undefined) continue;
    const hint = "Create it with defineNode; docs/adding-a-node.md shows a complete file.";
    throw refuse("nodes.bad-definition", place, `exports ${name}, but ${fault}`, hint);
  }
  return [...found.keys()] as AnyNode[];
}

async function codeOf(place: string): Promise<string> {
  const entry = await entryOf(place);
  return bundleNodes(entry).catch((cause: unknown) => {
    if (!(cause instanceof BundleError)) throw cause;
    throw refuse(
      "nodes.unreadable",
      place,
      `cannot be compiled: ${cause.message}`,
      "Correct the code.",
      cause,
    );
  });
}

function digestOf(codes: readonly string[]): string {
  const hash = createHash("sha256");
  for (const code of codes) hash.update(`${code.length}:`).update(code);
  return hash.digest("hex");
}

/**
 * SHA-256 over the code of files or packages of node definitions, without running it.
 * @param places Absolute paths.
 * Throws: `nodes.unreadable`.
 */
export async function digestNodes(places: readonly string[]): Promise<string> {
  return digestOf(await Promise.all([...new Set(places)].map(codeOf)));
}

/**
 * Loads and runs files or packages of node definitions. The code runs with all rights of the
 * user.
 * @param places Absolute paths.
 * Throws: `nodes.unreadable`, `nodes.none`, `nodes.bad-definition`.
 */
export async function loadNodes(places: readonly string[]): Promise<LoadedNodes> {
  const definitions: AnyNode[] = [];
  const sources = new Map<string, string>();
  const codes: string[] = [];
  // Stacks then point into the source file rather than the bundle.
  if (places.length > 0) process.setSourceMapsEnabled(true);
  for (const place of [...new Set(places)]) {
    const code = await codeOf(place);
    codes.push(code);
    for (const node of definitionsIn(place, await importText(place, code))) {
      const other = sources.get(node.type);
      if (other !== undefined) throw clash(node.type, place, other);
      sources.set(node.type, place);
      definitions.push(node);
    }
  }
  return { definitions, sources, digest: digestOf(codes) };
}

/** The error for two node types with the same id. */
export function clash(type: string, place: string, other: string): EngineError {
  return new EngineError("registry.duplicate", `"${place}" and ${other} both define "${type}"`, {
    at: { path: type },
    hint: "Give one of them another type id.",
  });
}

import { EngineError, type Place } from "../errors.ts";
import type { GraphDocument } from "./document.ts";
import { assertJson, describe, isPlainObject } from "./json-guard.ts";

const MAX_CHARACTERS = 64_000_000;

function fail(at: Place, what: string, hint: string): never {
  throw new EngineError("graph.shape", what, { at, hint });
}

function within(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function objectAt(value: unknown, at: Place): Record<string, unknown> {
  if (isPlainObject(value)) return value;
  return fail(at, `expected an object, found ${describe(value)}`, "write it as { … }.");
}

function textAt(record: Record<string, unknown>, key: string, at: Place): void {
  const value = record[key];
  if (typeof value === "string" && value !== "") return;
  const found = value === undefined ? "nothing" : value === "" ? "an empty text" : describe(value);
  fail(
    { ...at, path: within(at.path ?? "", key) },
    `expected a text, found ${found}`,
    `give "${key}" a name in quotes.`,
  );
}

function pairsAt(value: unknown, at: Place, keys: readonly [string, string]): void {
  if (value === undefined) return;
  for (const [name, pair] of Object.entries(objectAt(value, at))) {
    const place = { ...at, path: within(at.path ?? "", name) };
    const record = objectAt(pair, place);
    for (const key of keys) textAt(record, key, place);
  }
}

function checkNode(nodeId: string, value: unknown): void {
  const node = objectAt(value, { nodeId });
  textAt(node, "type", { nodeId });
  const version = node["version"];
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    const found = version === undefined ? "nothing" : describe(version);
    fail(
      { nodeId, path: "version" },
      `expected a whole number from 1, found ${found}`,
      "give the node type's version, as `insightgraph nodes` prints it.",
    );
  }
  for (const key of ["params", "ui"]) {
    if (node[key] !== undefined) objectAt(node[key], { nodeId, path: key });
  }
  pairsAt(node["inputs"], { nodeId, path: "inputs" }, ["node", "output"]);
  for (const key of ["bypassed", "muted"]) {
    if (node[key] !== undefined && typeof node[key] !== "boolean") {
      fail(
        { nodeId, path: key },
        `expected true or false, found ${describe(node[key])}`,
        "use true.",
      );
    }
  }
}

function fromText(text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    throw new EngineError("graph.too-large", `the document has ${text.length} characters`, {
      hint: `keep it under ${MAX_CHARACTERS}; pictures belong in files of their own.`,
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new EngineError("graph.not-json", `this is not JSON: ${messageOf(cause)}`, {
      hint: "a graph is a JSON file; docs/graph-format.md shows one.",
      cause,
    });
  }
}

function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.replace(/\s+/g, " ").slice(0, 160);
}

function checkHead(document: Record<string, unknown>): void {
  if (document["format"] !== "insightgraph") {
    throw new EngineError("graph.format", "this JSON is not an InsightGraph graph", {
      at: { path: "format" },
      hint: 'a graph begins with "format": "insightgraph".',
    });
  }
  if (document["version"] !== 1) {
    const found = document["version"] === undefined ? "none" : JSON.stringify(document["version"]);
    throw new EngineError("graph.version", `format version 1 is expected, found ${found}`, {
      at: { path: "version" },
      hint: "open it with the InsightGraph that saved it, or a newer one.",
    });
  }
}

/**
 * Reads a graph from JSON text or from a value parsed from it; fields it does not know are kept.
 * Throws: `graph.not-json`, `graph.too-large`, `graph.too-deep`, `graph.forbidden-key`,
 * `graph.format`, `graph.version`, `graph.shape`.
 */
export function parseGraph(source: unknown): GraphDocument {
  const document = objectAt(typeof source === "string" ? fromText(source) : source, {});
  checkHead(document);
  assertJson(document);
  if (document["name"] !== undefined && typeof document["name"] !== "string") {
    fail({ path: "name" }, `expected a text, found ${describe(document["name"])}`, "use quotes.");
  }
  if (document["ui"] !== undefined) objectAt(document["ui"], { path: "ui" });
  for (const [nodeId, node] of Object.entries(objectAt(document["nodes"], { path: "nodes" }))) {
    checkNode(nodeId, node);
  }
  pairsAt(document["inputs"], { path: "inputs" }, ["node", "param"]);
  pairsAt(document["outputs"], { path: "outputs" }, ["node", "output"]);
  return document as unknown as GraphDocument;
}

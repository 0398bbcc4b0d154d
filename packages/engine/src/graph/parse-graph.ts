import { EngineError } from "../errors.ts";
import { checkShape } from "./check-shape.ts";
import type { GraphDocument } from "./document.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { assertJson, describe, isPlainObject } from "./json-guard.ts";
import { formatMigrations, migrateFormat } from "./migrate-format.ts";

const MAX_CHARACTERS = 64_000_000;

function fromText(text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    throw new EngineError("graph.too-large", `the document has ${text.length} characters`, {
      hint: `keep it under ${MAX_CHARACTERS}; pictures belong in files of their own.`,
    });
  }
  const json = text.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new EngineError("graph.not-json", `this is not JSON: ${messageOf(cause)}`, {
      hint: "a graph is a JSON file; docs/graph-format.md shows one.",
      cause,
    });
  }
  const path = duplicateKey(json);
  if (path === undefined) return value;
  throw new EngineError("graph.duplicate-key", "this name is there twice", {
    at: { path: path.slice(0, 200) },
    hint: "give one of them another name.",
  });
}

function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.replace(/\s+/g, " ").slice(0, 160);
}

function checkFormat(document: Record<string, unknown>): void {
  if (document["format"] === "insightgraph") return;
  throw new EngineError("graph.format", "this JSON is not an InsightGraph graph", {
    at: { path: "format" },
    hint: 'a graph begins with "format": "insightgraph".',
  });
}

/**
 * Reads a graph from JSON text or from a value parsed from it; older formats are brought up to
 * this one, fields it does not know are kept.
 * Throws: `graph.not-json`, `graph.duplicate-key`, `graph.too-large`, `graph.too-deep`,
 * `graph.forbidden-key`, `graph.format`, `graph.version`, `graph.shape`.
 */
export function parseGraph(source: unknown): GraphDocument {
  const value = typeof source === "string" ? fromText(source) : source;
  if (!isPlainObject(value)) {
    throw new EngineError("graph.shape", `expected an object, found ${describe(value)}`, {
      hint: "write it as { … }.",
    });
  }
  checkFormat(value);
  assertJson(value);
  const document = migrateFormat(value, formatMigrations);
  checkShape(document);
  return document as unknown as GraphDocument;
}

import { EngineError } from "../errors.ts";
import { checkShape } from "./check-shape.ts";
import type { GraphDocument } from "./document.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { assertJson, describe, isPlainObject } from "./json-guard.ts";
import { mapValues } from "./map-values.ts";
import { formatMigrations, migrateFormat } from "./migrate-format.ts";

const maxCharacters = 64_000_000;

function parseJson(text: string): unknown {
  if (text.length > maxCharacters) {
    throw new EngineError("graph.too-large", `the document has ${text.length} characters`, {
      hint: `Keep it under ${maxCharacters}. Pictures belong in files of their own.`,
    });
  }
  const json = text.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new EngineError("graph.not-json", `this is not JSON: ${messageOf(cause)}`, {
      hint: "A graph is a JSON file. See docs/graph-format.md.",
      cause,
    });
  }
  const path = duplicateKey(json);
  if (path === undefined) return value;
  throw new EngineError("graph.duplicate-key", "this name appears twice", {
    at: { path: path.slice(0, 200) },
    hint: "Rename one of them.",
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
    hint: 'A graph begins with "format": "insightgraph".',
  });
}

/**
 * Reads a graph from JSON text or from a parsed value. Older formats are migrated; unknown fields
 * are kept.
 * Throws: `graph.not-json`, `graph.duplicate-key`, `graph.too-large`, `graph.too-deep`,
 * `graph.forbidden-key`, `graph.format`, `graph.version`, `graph.shape`.
 */
export function parseGraph(source: unknown): GraphDocument {
  const value = typeof source === "string" ? parseJson(source) : source;
  if (!isPlainObject(value)) {
    throw new EngineError("graph.shape", `expected an object, found ${describe(value)}`, {
      hint: "Write it as { … }.",
    });
  }
  checkFormat(value);
  assertJson(value);
  const document = migrateFormat(value, formatMigrations);
  checkShape(document);
  return withEmptyBodies(document as unknown as GraphDocument);
}

/** Subgraphs that only name their file get no nodes until the file is read; see `resolveGraphFiles`. */
function withEmptyBodies(document: GraphDocument): GraphDocument {
  const { graphs } = document;
  if (graphs === undefined || Object.values(graphs).every(({ nodes }) => nodes)) return document;
  return {
    ...document,
    graphs: mapValues(graphs, (graph) => ({ ...graph, nodes: graph.nodes ?? {} })),
  };
}

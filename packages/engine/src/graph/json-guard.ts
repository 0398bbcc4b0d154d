import { EngineError } from "../errors.ts";
import type { Json } from "./document.ts";

const maxDepth = 64;
const forbiddenNames = new Set(["__proto__", "constructor", "prototype"]);

/** Whether a value is a plain object, as in JSON. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function guard(value: unknown, path: string, depth: number): void {
  if (depth > maxDepth) {
    throw new EngineError("graph.too-deep", `values are nested more than ${maxDepth} levels deep`, {
      at: { path: `${path.slice(0, 60)}…` },
      hint: "Flatten the document. No graph needs such depth.",
    });
  }
  if (value === null || typeof value === "boolean" || typeof value === "string") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      guard(item, joined(path, String(index)), depth + 1);
    return;
  }
  if (!isPlainObject(value)) {
    throw new EngineError("graph.shape", `${describe(value)} is not a JSON value`, {
      at: { path },
      hint: "Use only null, true, false, finite numbers, strings, lists and objects.",
    });
  }
  for (const key of Object.keys(value)) {
    if (forbiddenNames.has(key)) {
      throw new EngineError("graph.forbidden-key", `the name "${key}" is not allowed`, {
        at: { path: joined(path, key) },
        hint: "Rename it.",
      });
    }
    guard(value[key], joined(path, key), depth + 1);
  }
}

/** Names the kind of a value, for messages. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Checks that a value is plain JSON. Throws: `graph.too-deep`, `graph.shape`, `graph.forbidden-key`. */
export function assertJson(value: unknown): asserts value is Json {
  guard(value, "", 0);
}

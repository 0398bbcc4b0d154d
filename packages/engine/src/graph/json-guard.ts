import { EngineError } from "../errors.ts";
import type { Json } from "./document.ts";

const MAX_DEPTH = 64;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** @returns whether `value` is a plain object, as JSON has them. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function guard(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) {
    throw new EngineError(
      "graph.too-deep",
      `values are nested more than ${MAX_DEPTH} levels deep`,
      {
        at: { path: `${path.slice(0, 60)}…` },
        hint: "flatten the document; no graph needs such depth.",
      },
    );
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
      hint: "use null, true, false, finite numbers, text, lists and objects only.",
    });
  }
  for (const key of Object.keys(value)) {
    if (FORBIDDEN.has(key)) {
      throw new EngineError("graph.forbidden-key", `the name "${key}" is not allowed`, {
        at: { path: joined(path, key) },
        hint: "rename it.",
      });
    }
    guard(value[key], joined(path, key), depth + 1);
  }
}

/** A short name for what a value is, for messages. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Throws: `graph.too-deep`, `graph.shape`, `graph.forbidden-key`. */
export function assertJson(value: unknown): asserts value is Json {
  guard(value, "", 0);
}

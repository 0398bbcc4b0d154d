import { EngineError, type ErrorCode } from "../errors.ts";
import type { RunItem } from "../node/run-context.ts";
import { cutText } from "./cut-text.ts";

function textOf(thrown: unknown, field: string): string | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  const value: unknown = Reflect.get(thrown, field);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Errors that name an input or a param blame the node's input, not the node. */
function codeOf(thrown: unknown, path: string | undefined): ErrorCode {
  const code = thrown instanceof EngineError ? thrown.code : undefined;
  if (code !== undefined && /^(list\.length|param\..*)$/.test(code)) return code;
  const isInput = code === "node.bad-input" || /^(inputs|params)\./.test(path ?? "");
  return isInput ? "node.bad-input" : "node.failed";
}

/**
 * Wraps what a node threw, once, with the node's id and the item it ran for.
 * The `what`, `hint` and `at` (a place in a file or network) of foreign errors are kept.
 */
export function toNodeError(thrown: unknown, nodeId: string, item?: RunItem): EngineError {
  const path = thrown instanceof EngineError ? thrown.at.path : undefined;
  const text = textOf(thrown, "what") ?? textOf(thrown, "message") ?? String(thrown);
  // Messages of native libraries may have several lines; an error is one.
  const what = text.replace(/\s+/g, " ").trim();
  const hint = textOf(thrown, "hint") ?? "Check the node's inputs and params.";
  const total = item?.count === undefined ? "" : ` of ${item.count}`;
  const atItem = item === undefined ? [] : [`at item ${item.index + 1}${total}`];
  const inside = textOf(thrown, "at");
  const places = inside === undefined ? atItem : [...atItem, `in ${inside}`];
  const prefix = places.map((place) => `${place}, `).join("");
  const at = { nodeId, ...(path === undefined ? {} : { path }) };
  return new EngineError(codeOf(thrown, path), cutText(`${prefix}${what}`), {
    at,
    hint,
    cause: thrown,
  });
}

import { EngineError, type ErrorCode } from "../errors.ts";
import type { RunItem } from "../node/run-context.ts";

function textOf(thrown: unknown, field: string): string | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  const value: unknown = Reflect.get(thrown, field);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Faults that lie in what a node was given keep their code. */
function codeOf(thrown: unknown): ErrorCode {
  if (!(thrown instanceof EngineError)) return "node.failed";
  const isRefusal = /^(node\.bad-input|list\.length|param\..*)$/.test(thrown.code);
  return isRefusal ? thrown.code : "node.failed";
}

/** What a node threw, wrapped once with the node's id and the item it was at. */
export function toNodeError(thrown: unknown, nodeId: string, item?: RunItem): EngineError {
  const path = thrown instanceof EngineError ? thrown.at.path : undefined;
  const what = textOf(thrown, "what") ?? textOf(thrown, "message") ?? String(thrown);
  const hint = textOf(thrown, "hint") ?? "look at what flows into this node and at its params.";
  const at = { nodeId, ...(path === undefined ? {} : { path }) };
  const of = item?.count === undefined ? "" : ` of ${item.count}`;
  const place = item === undefined ? "" : `at item ${item.index + 1}${of}, `;
  return new EngineError(codeOf(thrown), `${place}${what}`, { at, hint, cause: thrown });
}

import { EngineError } from "../errors.ts";

function textOf(thrown: unknown, field: string): string | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  const value: unknown = Reflect.get(thrown, field);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a node threw, wrapped once with the node's id; its own refusals keep their code. */
export function toNodeError(thrown: unknown, nodeId: string): EngineError {
  const isRefusal = thrown instanceof EngineError && thrown.code === "node.bad-input";
  const path = thrown instanceof EngineError ? thrown.at.path : undefined;
  const what = textOf(thrown, "what") ?? textOf(thrown, "message") ?? String(thrown);
  const hint = textOf(thrown, "hint") ?? "look at what flows into this node and at its params.";
  const at = { nodeId, ...(path === undefined ? {} : { path }) };
  return new EngineError(isRefusal ? "node.bad-input" : "node.failed", what, {
    at,
    hint,
    cause: thrown,
  });
}

/** Every code an `EngineError` or an issue can carry; SPEC.md says what each means. */
export type ErrorCode =
  | "graph.not-json"
  | "graph.format"
  | "graph.version"
  | "graph.shape"
  | "graph.forbidden-key"
  | "graph.too-deep"
  | "graph.too-large"
  | "graph.unknown-type"
  | "graph.node-version"
  | "graph.unknown-port"
  | "graph.unknown-param"
  | "graph.dangling-link"
  | "graph.missing-input"
  | "graph.absent-input"
  | "graph.port-type"
  | "graph.port-shape"
  | "graph.node-id"
  | "graph.duplicate-key"
  | "graph.cycle"
  | "graph.recursion"
  | "graph.file"
  | "graph.unknown-node"
  | "graph.ablation"
  | "graph.nothing-wanted"
  | "graph.same-file"
  | "param.kind"
  | "param.range"
  | "param.option"
  | "param.length"
  | "registry.duplicate"
  | "node.failed"
  | "node.bad-input"
  | "node.bad-output"
  | "list.length"
  | "cache.damaged"
  | "cache.unavailable"
  | "device.unavailable"
  | "process.lost"
  | "process.crashed"
  | "process.memory"
  | "process.stalled"
  | "jobs.full"
  | "jobs.locked"
  | "jobs.old-schema"
  | "jobs.output-gone"
  | "jobs.unavailable"
  | "jobs.unknown"
  | "ablation.large"
  | "ablation.running"
  | "ablation.unknown"
  | "batch.locked"
  | "batch.unavailable"
  | "objects.place"
  | "objects.unavailable"
  | "objects.unsafe"
  | "dataset.unreadable"
  | "document.file-changed"
  | "document.file-exists"
  | "document.file-name"
  | "document.file-open"
  | "document.patch"
  | "document.stale"
  | "document.unknown"
  | "document.unsaved"
  | "protocol.message"
  | "server.failed"
  | "server.not-a-picture"
  | "server.too-large"
  | "server.path"
  | "command.usage"
  | "file.unreadable"
  | "file.encoding"
  | "file.unwritable"
  | "file.no-graph"
  | "disk.full"
  | "nodes.unreadable"
  | "nodes.none"
  | "nodes.bad-definition"
  | "manifest.shape"
  | "manifest.version";

/** A place in a graph: the node, and the field inside it, such as `inputs.mask`. */
export interface Place {
  readonly nodeId?: string;
  readonly path?: string;
}

/** The parts of an `EngineError` besides its code and what happened. */
export interface ErrorDetails {
  readonly at?: Place;
  readonly hint: string;
  readonly cause?: unknown;
}

/** The one error the engine throws. Reads: `code at place: what. Hint: fix.` */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: ErrorCode;
  readonly what: string;
  readonly at: Place;
  readonly hint: string;

  constructor(code: ErrorCode, what: string, { at = {}, hint, cause }: ErrorDetails) {
    super(toSentence({ code, what, hint, ...at }), cause === undefined ? {} : { cause });
    this.code = code;
    this.what = what;
    this.at = at;
    this.hint = hint;
  }
}

/** An `EngineError` as plain data, as it crosses a process or a socket. */
export interface WireError extends Place {
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

/** Formats an error as `code at place: what. Hint: fix.` */
export function toSentence({ code, what, hint, nodeId, path }: WireError): string {
  const place = [nodeId, path].filter((part) => part !== undefined && part !== "").join(".");
  const end = /[.!?]$/.test(what) ? "" : ".";
  return `${code}${place === "" ? "" : ` at ${place}`}: ${what}${end} Hint: ${hint}`;
}

/** Converts any thrown value to wire data; what is not an `EngineError` gets the code `fallback`. */
export function toWireError(thrown: unknown, fallback: ErrorCode = "server.failed"): WireError {
  if (thrown instanceof EngineError) {
    return { code: thrown.code, what: thrown.what, ...thrown.at, hint: thrown.hint };
  }
  return {
    code: fallback,
    what: thrown instanceof Error ? thrown.message : String(thrown),
    hint: "This is a bug in InsightGraph. Please report it with the graph that caused it.",
  };
}

/** The error that wire data describes. */
export function fromWireError({ code, what, hint, ...at }: WireError): EngineError {
  return new EngineError(code, what, { at, hint });
}

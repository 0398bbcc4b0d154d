import { EngineError } from "@insightgraph/engine/errors";
import { type GraphDocument, parseGraph } from "@insightgraph/engine/graph";
import Type from "typebox";
import Value from "typebox/value";

const text = Type.String();
const byName = <T extends Type.TSchema>(value: T) => Type.Record(Type.String(), value);

/** What one node did in a run. */
const nodeRecord = Type.Object({
  type: text,
  version: Type.Integer(),
  /** Whether the result came from the cache. */
  cached: Type.Boolean(),
  /** Cache key; absent if the result is never cached. */
  key: Type.Optional(text),
  /** Identity of the files and models that it depends on. */
  fingerprint: Type.Optional(text),
  /** SHA-256 of each output's content. */
  outputs: byName(text),
});

/** The content at an output of a node. */
const outputRecord = Type.Object({ node: text, output: text, digest: text });

/** Files that one node wrote, and what went into them. */
const savedRecord = Type.Object({
  node: text,
  /** Relative to the manifest's folder. */
  paths: Type.Array(text),
  inputs: byName(outputRecord),
});

const runtimeRecord = Type.Object({
  insightgraph: text,
  /** SHA-256 over the code that results depend on. */
  code: text,
  /** The same for node types from outside the project. */
  nodes: Type.Optional(text),
  node: text,
  onnxruntime: text,
  platform: text,
  device: text,
});

const errorRecord = Type.Object({
  code: text,
  what: text,
  hint: text,
  nodeId: Type.Optional(text),
  path: Type.Optional(text),
});

const manifestShape = Type.Object({
  format: Type.Literal("insightgraph-run"),
  version: Type.Literal(1),
  finishedAt: text,
  /** Absent if the run finished. */
  stopped: Type.Optional(Type.Union([Type.Literal("failed"), Type.Literal("cancelled")])),
  /** Why it failed. */
  error: Type.Optional(errorRecord),
  runtime: runtimeRecord,
  graphDigest: text,
  seeds: byName(Type.Number()),
  models: byName(text),
  files: byName(text),
  outputs: byName(outputRecord),
  saved: Type.Array(savedRecord),
  nodes: byName(nodeRecord),
});

/** What one node did in a run. */
export type NodeRecord = Type.Static<typeof nodeRecord>;
/** The content at an output of a node. */
export type OutputRecord = Type.Static<typeof outputRecord>;
/** Files that one node wrote, and the content that went into them. */
export type SavedRecord = Type.Static<typeof savedRecord>;
/** Versions, code and device that a run depends on. */
export type RuntimeRecord = Type.Static<typeof runtimeRecord>;

/** Inputs and results of a run; docs/graph-format.md describes each field. */
export type RunManifest = Type.Static<typeof manifestShape> & {
  /** Its relative paths are relative to the manifest's folder. */
  readonly graph: GraphDocument;
};

function wrong(path: string, what: string): EngineError {
  return new EngineError("manifest.shape", `this is not the manifest of a run: ${what}`, {
    at: path === "" ? {} : { path },
    hint: "Give a manifest that InsightGraph wrote, or a PNG that contains one.",
  });
}

function fromText(source: string): object {
  try {
    const value: unknown = JSON.parse(source);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Reported below.
  }
  throw wrong("", "it is not a JSON object");
}

/**
 * Reads the manifest of a run.
 * Throws: `manifest.shape`, `manifest.version` and what `parseGraph` throws.
 */
export function parseManifest(source: string): RunManifest {
  const value = fromText(source);
  if (Reflect.get(value, "format") !== "insightgraph-run") {
    throw wrong("format", 'it does not begin with "format": "insightgraph-run"');
  }
  if (Reflect.get(value, "version") !== 1) {
    throw new EngineError("manifest.version", "version 1 is expected", {
      at: { path: "version" },
      hint: "Use the InsightGraph version that wrote it, or a newer one.",
    });
  }
  const [fault] = Value.Errors(manifestShape, value);
  if (fault !== undefined) {
    throw wrong(fault.instancePath.slice(1).replaceAll("/", "."), fault.message);
  }
  return { ...(value as RunManifest), graph: parseGraph(Reflect.get(value, "graph")) };
}

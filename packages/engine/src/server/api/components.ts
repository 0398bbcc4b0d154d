import { documentSchema } from "../../graph/document-schema.ts";
import { jobStates } from "../../protocol/job-summary.ts";
import { ablationStates } from "../ablations.ts";

/** A part of a JSON Schema. */
export type SchemaPart = Readonly<Record<string, unknown>>;

const text: SchemaPart = { type: "string" };
const count: SchemaPart = { type: "integer", minimum: 0 };
const yesOrNo: SchemaPart = { type: "boolean" };
const anyObject: SchemaPart = { type: "object", additionalProperties: true };
const timeMs: SchemaPart = { type: "integer", description: "Milliseconds since 1970." };

/** A reference to one of `components`. */
export function ref(name: string): SchemaPart {
  return { $ref: `#/components/schemas/${name}` };
}

/** A list. */
export function listOf(items: SchemaPart): SchemaPart {
  return { type: "array", items };
}

/** An object with these fields, and others that a later version may add. */
export function fields(required: SchemaPart, optional: SchemaPart = {}): SchemaPart {
  return {
    type: "object",
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

function byName(values: SchemaPart): SchemaPart {
  return { type: "object", additionalProperties: values };
}

/** An event of a run: its type, its number, and what belongs to the type. */
function event(type: string, required: SchemaPart, optional: SchemaPart = {}): SchemaPart {
  return fields({ type: { const: type }, seq: count, ...required }, optional);
}

/** The graph's schema as components: one for each of its definitions. */
function graphComponents(): Record<string, SchemaPart> {
  const { $schema: _schema, $defs, ...graph } = documentSchema;
  const nameOf = (definition: string): string =>
    `Graph${definition.charAt(0).toUpperCase()}${definition.slice(1)}`;
  const moved = (schema: object): SchemaPart =>
    JSON.parse(
      JSON.stringify(schema).replace(
        /"#\/\$defs\/(\w+)"/g,
        (_, name: string) => `"#/components/schemas/${nameOf(name)}"`,
      ),
    );
  const parts = Object.entries($defs).map(([name, schema]) => [nameOf(name), moved(schema)]);
  return { Graph: moved(graph), ...Object.fromEntries(parts) };
}

const summary = {
  required: {
    id: text,
    requestId: text,
    client: text,
    folder: { ...text, description: "Where relative paths in its graph start." },
    state: { enum: jobStates },
    resumes: { ...count, description: "How often it was queued again after a process was lost." },
    createdMs: timeMs,
    tags: listOf(text),
    isKept: { ...yesOrNo, description: "Whether retention leaves it alone." },
    files: { ...listOf(text), description: "Files that it saved, as its nodes named them." },
    hasThumbnail: yesOrNo,
    priority: { type: "integer", description: "Queued jobs of a higher one run first." },
  },
  optional: {
    startedMs: timeMs,
    endedMs: timeMs,
    error: ref("Error"),
    name: text,
    device: { ...text, description: "The only device that it may run on." },
    manifest: { ...text, description: "Where the manifest of its run is." },
    documentId: { ...text, description: "The open document that it was asked for from." },
  },
};

const documentSummary = {
  required: {
    id: text,
    name: text,
    version: { ...count, description: "Grows by one with every change of the graph." },
    isSaved: yesOrNo,
    undoSteps: count,
    redoSteps: count,
    windows: { ...count, description: "Connections that have joined it." },
  },
  optional: { file: { ...text, description: "From the workspace folder." } },
};

const namedCounts = listOf(fields({ name: text, count }));

const record = {
  required: {
    key: text,
    status: { enum: ["kept", "rejected", "failed"] },
    scores: byName({ type: "number" }),
  },
  optional: {
    decision: { enum: ["accepted", "rejected"], description: "By a person." },
    reason: { ...text, description: "Why it was rejected or failed." },
    stage: { ...text, description: "The node at which that happened." },
    operation: text,
    instruction: text,
    group: { ...text, description: "The key of the first of its near-duplicates." },
  },
};

const datasetComponents: Readonly<Record<string, SchemaPart>> = {
  ListedDataset: fields({ path: text, records: count, isComplete: yesOrNo }),
  Dataset: fields(
    {
      path: text,
      format: text,
      fields: listOf(fields({ name: text, kind: text })),
      version: { ...text, description: "Changes with the records and with every decision." },
      isIndexed: { ...yesOrNo, description: "Whether all records have been looked at." },
      records: count,
      unreadable: count,
      isRunning: { ...yesOrNo, description: "Whether a run is working on it." },
      statuses: namedCounts,
      decisions: namedCounts,
      stages: namedCounts,
      operations: namedCounts,
      reasons: namedCounts,
      scores: listOf(
        fields({
          name: text,
          min: { type: "number" },
          max: { type: "number" },
          mean: { type: "number" },
          bins: { ...listOf(count), description: "Equally wide steps from min to max." },
        }),
      ),
      canUndo: yesOrNo,
    },
    {
      layout: text,
      duplicates: fields({
        isDone: yesOrNo,
        hashed: count,
        total: count,
        unreadable: count,
        groups: count,
        records: count,
      }),
    },
  ),
  DatasetRecord: fields(record.required, record.optional),
  DatasetRecordDetails: fields(
    { ...record.required, fields: anyObject, pictures: listOf(text) },
    record.optional,
  ),
};

const gpuMemory: SchemaPart = {
  description: "Of the whole GPU; null where the driver does not tell, absent on the CPU.",
  oneOf: [fields({ usedBytes: count, totalBytes: count }), { type: "null" }],
};
const numberOrNull: SchemaPart = { type: ["number", "null"] };
const estimate = { mean: numberOrNull, low: numberOrNull, high: numberOrNull };

/** What ablations are made of. */
const ablationComponents: Readonly<Record<string, SchemaPart>> = {
  AblationSummary: fields(
    {
      id: { ...text, description: "Also the name of its folder." },
      name: text,
      state: { enum: ablationStates },
      source: text,
      count: { ...count, description: "Items that it asked for." },
      variants: { ...listOf(text), description: "Its cells, the baseline first." },
      total: { ...count, description: "Cells of items." },
      done: count,
      failed: count,
      createdMs: timeMs,
    },
    { endedMs: timeMs, error: ref("Error") },
  ),
  AblationTable: fields({
    ablation: ref("AblationSummary"),
    metrics: listOf(text),
    cells: listOf(ref("AblationCell")),
  }),
  AblationCell: fields(
    { variant: text, metric: text, ...estimate, count, holes: count },
    {
      difference: fields({
        ...estimate,
        test: text,
        pValue: numberOrNull,
        correctedPValue: { ...numberOrNull, description: "After Holm's correction." },
        pairs: count,
        dropped: count,
      }),
    },
  ),
  AblationItem: fields({
    key: text,
    variants: listOf(
      fields({ variant: text, score: numberOrNull, pictures: byName(text) }, { failure: text }),
    ),
  }),
  AblationTrial: fields({ id: text, left: text, right: text, context: byName(text) }),
  AblationPreferences: fields({
    votes: count,
    scores: listOf(fields({ name: text, votes: count, ...estimate })),
    agreements: listOf(
      fields({ judges: listOf(text), count, share: numberOrNull, kappa: numberOrNull }),
    ),
  }),
};

/** What bodies and responses of the API are made of. */
export const components: Readonly<Record<string, SchemaPart>> = {
  ...graphComponents(),
  ...ablationComponents,
  Error: fields({ code: text, what: text, hint: text }, { nodeId: text, path: text }),
  JobSummary: fields(summary.required, summary.optional),
  Job: fields(
    { ...summary.required, graph: ref("Graph"), events: listOf(ref("Event")) },
    { ...summary.optional, outputs: listOf(text) },
  ),
  Preview: {
    oneOf: [
      fields(
        { kind: { const: "image" }, mime: text, base64: text },
        { others: listOf(fields({ mime: text, base64: text })), total: count },
      ),
      fields({ kind: { enum: ["text", "shape"] }, text }),
    ],
  },
  Event: {
    oneOf: [
      event("node-started", { nodeId: text }),
      event(
        "node-progressed",
        { nodeId: text, done: { type: "number" }, total: { type: "number" } },
        { preview: ref("Preview") },
      ),
      event(
        "node-finished",
        {
          nodeId: text,
          cached: yesOrNo,
          ms: { type: "number" },
          previews: byName(ref("Preview")),
          digests: byName(text),
        },
        { key: text, fingerprint: text },
      ),
      event("node-failed", { nodeId: text, error: ref("Error") }, { item: count }),
      event("node-logged", { nodeId: text, text }),
      event("node-saved", { nodeId: text, path: text }),
      event("manifest-written", { path: text }),
      event("run-finished", { ms: { type: "number" } }, { warning: ref("Error") }),
      event("run-failed", { error: ref("Error") }),
      event("run-cancelled", {}),
    ],
  },
  DocumentSummary: fields(documentSummary.required, documentSummary.optional),
  Document: fields(
    {
      ...documentSummary.required,
      graph: ref("Graph"),
      recentEdits: { ...listOf(text), description: "The latest edits that arrived, by name." },
    },
    { ...documentSummary.optional, viewState: anyObject },
  ),
  ...datasetComponents,
  GraphFile: fields({ file: text, sizeBytes: count, modifiedMs: timeMs }),
  FileVersion: fields({ id: text, savedMs: timeMs, sizeBytes: count }),
  Model: fields(
    {
      name: text,
      parts: listOf(text),
      capabilities: listOf(text),
      isShipped: yesOrNo,
      sizeBytes: count,
    },
    { licence: text, source: text, problem: text, vocabulary: listOf(text) },
  ),
  KnownModel: fields(
    { source: text, name: text, doc: text, sizeBytes: count },
    { only: listOf(text), licence: text },
  ),
  ModelAddition: fields(
    {
      id: text,
      source: text,
      state: { type: "string", enum: ["adding", "added", "failed", "cancelled"] },
      doneBytes: count,
      totalBytes: count,
    },
    { name: text, error: ref("Error") },
  ),
  Worker: fields(
    {
      ...{ id: text, machine: text, device: text, models: listOf(text), version: text },
      memory: fields({ freeBytes: count, totalBytes: count }),
      protocol: count,
      nodes: { ...text, description: "Digest of the node types from outside the pack." },
      ...{ done: count, failed: count, upMs: count },
      silentMs: { ...count, description: "Time since its last sign of life." },
    },
    {
      task: fields({ run: text, title: text, items: count, sinceMs: count }, { settled: count }),
      gpu: gpuMemory,
    },
  ),
  TaskCounts: fields({ waiting: count, running: count, done: count, failed: count }),
  ClusterRun: fields(
    {
      ...{ id: text, title: text, machine: text, createdMs: timeMs },
      priority: { type: "integer", description: "Runs of a higher one go first." },
      ...{ isPaused: yesOrNo, isCancelled: yesOrNo, tasks: ref("TaskCounts") },
      items: fields({ done: count, failed: count }),
      dead: { ...count, description: "Items over which too many workers died." },
    },
    {
      waits: {
        ...fields(
          { reason: { type: "string", enum: ["no-worker", "version", "nodes", "model"] } },
          { model: text },
        ),
        description: "Why no worker takes its tasks, where none does.",
      },
    },
  ),
  ClusterRunDetails: fields({
    run: ref("ClusterRun"),
    cells: {
      ...listOf(ref("TaskCounts")),
      description: "Tasks in order, many together in a cell.",
    },
    perTenSeconds: { ...listOf(count), description: "Items given back, the latest stretch last." },
    failures: listOf(fields({ code: text, count, what: text, keys: listOf(text) })),
    dead: listOf(fields({ id: text, keys: listOf(text) })),
  }),
  ProcessMemory: fields(
    { device: text, usedBytes: count, limitBytes: count },
    {
      gpu: gpuMemory,
    },
  ),
  MachineMemory: fields({ usedBytes: count, totalBytes: count }),
  Folder: fields(
    { folder: text, entries: listOf(fields({ name: text, path: text, isFolder: yesOrNo })) },
    { parent: text },
  ),
  NodeType: fields({
    type: text,
    version: count,
    title: text,
    doc: text,
    category: text,
    inputs: byName(anyObject),
    params: byName(anyObject),
    outputs: byName(anyObject),
  }),
};

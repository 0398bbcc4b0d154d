import { randomUUID } from "node:crypto";
import { EngineError, toWireError, type WireError } from "../errors.ts";

/** A checkpoint that is not there yet and how to get it. */
export interface KnownModel {
  /** `hf:OWNER/NAME`. */
  readonly source: string;
  readonly name: string;
  readonly doc: string;
  /** The parts to add. @default all */
  readonly only?: readonly string[];
  /** About how much is downloaded. */
  readonly sizeBytes: number;
  /** As the repository states it; absent if it states none. */
  readonly licence?: string;
}

/** Which checkpoint to add. */
export interface ModelRequest {
  /** `hf:OWNER/NAME[@REVISION]` or `dir:PATH`. */
  readonly source: string;
  readonly name?: string;
  readonly only?: readonly string[];
}

/** Adds one checkpoint. Throws: why it could not. */
export type AddModel = (
  request: ModelRequest,
  options: {
    readonly signal: AbortSignal;
    onProgress(doneBytes: number, totalBytes: number): void;
  },
) => Promise<{ readonly name: string }>;

/** A checkpoint that is being added, or was since the server started. */
export interface ModelAddition {
  readonly id: string;
  readonly source: string;
  readonly state: "adding" | "added" | "failed" | "cancelled";
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** What it is called, once it is there. */
  readonly name?: string;
  readonly error?: WireError;
}

/** Checkpoints being added while the server goes on. */
export interface ModelAdditions {
  /** Newest first. */
  list(): readonly ModelAddition[];
  /** Begins; one of the same source that is under way goes on. */
  add(request: ModelRequest): ModelAddition;
  /** Stops one; what was downloaded stays, to go on from. Throws: `jobs.unknown`. */
  cancel(id: string): void;
}

const maxKept = 50;

/** Keeps track of checkpoints being added. */
export function createModelAdditions(addModel: AddModel): ModelAdditions {
  let all: readonly ModelAddition[] = [];
  const stops = new Map<string, AbortController>();
  const change = (id: string, fields: Partial<ModelAddition>): void => {
    all = all.map((one) => (one.id === id ? { ...one, ...fields } : one));
  };
  const run = async (id: string, request: ModelRequest, signal: AbortSignal): Promise<void> => {
    const onProgress = (doneBytes: number, totalBytes: number): void =>
      change(id, { doneBytes, totalBytes });
    try {
      const { name } = await addModel(request, { signal, onProgress });
      change(id, { state: "added", name });
    } catch (thrown) {
      if (signal.aborted) change(id, { state: "cancelled" });
      else change(id, { state: "failed", error: toWireError(thrown) });
    } finally {
      stops.delete(id);
    }
  };
  return {
    list: () => all,
    add(request) {
      const { source } = request;
      const underWay = all.find((one) => one.source === source && one.state === "adding");
      if (underWay !== undefined) return underWay;
      const id = randomUUID();
      const begun: ModelAddition = { id, source, state: "adding", doneBytes: 0, totalBytes: 0 };
      all = [begun, ...all].slice(0, maxKept);
      const stop = new AbortController();
      stops.set(id, stop);
      void run(id, request, stop.signal);
      return begun;
    },
    cancel(id) {
      const stop = stops.get(id);
      if (stop === undefined) {
        throw new EngineError("jobs.unknown", `no model "${id}" is being added`, {
          hint: "List the models that are being added.",
        });
      }
      stop.abort();
    },
  };
}

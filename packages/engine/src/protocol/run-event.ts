import type { WireError } from "../errors.ts";
import type { Preview } from "../node/preview.ts";

/** What identifies the result of a node. */
export interface ResultFacts {
  /** The cache key; absent where the node may not be cached. */
  readonly key?: string;
  /** What the definition's `fingerprint` returned. */
  readonly fingerprint?: string;
  /** Content hash by output, in hex; an output that cannot be read twice has none. */
  readonly digests: Readonly<Record<string, string>>;
}

/** What happens to one node of a run. */
export type NodeEvent =
  | { readonly type: "node-started"; readonly nodeId: string }
  | {
      readonly type: "node-progressed";
      readonly nodeId: string;
      readonly done: number;
      readonly total: number;
      readonly preview?: Preview;
    }
  | (ResultFacts & {
      readonly type: "node-finished";
      readonly nodeId: string;
      readonly cached: boolean;
      readonly ms: number;
      /** By output name. */
      readonly previews: Readonly<Record<string, Preview>>;
    })
  | {
      readonly type: "node-failed";
      readonly nodeId: string;
      readonly error: WireError;
      /** Which item of a list or stream failed, from 0. */
      readonly item?: number;
    }
  | { readonly type: "node-logged"; readonly nodeId: string; readonly text: string }
  | {
      readonly type: "node-saved";
      readonly nodeId: string;
      /** As the node gave it; relative paths start in the graph's folder. */
      readonly path: string;
    };

/** How a run ends; each run ends exactly once. */
export type RunEnding =
  | {
      readonly type: "run-finished";
      readonly ms: number;
      /** What could not be kept of the run, such as its manifest; its results are whole. */
      readonly warning?: WireError;
    }
  | { readonly type: "run-failed"; readonly error: WireError }
  | { readonly type: "run-cancelled" };

/** Told of a run that leaves a manifest, before its ending. */
interface ManifestWritten {
  readonly type: "manifest-written";
  /** Absolute. */
  readonly path: string;
}

/** Everything that happens in a run between its start and its end, the end included. */
export type RunEvent = NodeEvent | ManifestWritten | RunEnding;

/** An event together with the run it belongs to, as it crosses a process or a socket. */
export type OfRun<Event> = Event & { readonly runId: string };

/**
 * An event with its number. Numbers grow within a run, also when it is resumed after a restart; a
 * client that comes back says the last one it saw.
 */
export type SequencedEvent = RunEvent & { readonly seq: number };

/** Whether an event is the last one of its run. */
export function isEnding(event: { readonly type: string }): event is RunEnding {
  return (
    event.type === "run-finished" || event.type === "run-failed" || event.type === "run-cancelled"
  );
}

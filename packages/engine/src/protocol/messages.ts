import type { WireError } from "../errors.ts";
import type { NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import type { PortCatalogue } from "../graph/port-look.ts";
import type { Preview } from "../node/preview.ts";

/** What an editor asks of the server. */
export type ClientMessage =
  | {
      readonly type: "run";
      readonly requestId: string;
      readonly graph: GraphDocument;
      /** Ids of the wanted nodes. Omitted: every output node and graph output. */
      readonly outputs?: readonly string[];
    }
  | { readonly type: "cancel"; readonly runId: string }
  | { readonly type: "validate"; readonly requestId: string; readonly graph: GraphDocument }
  /** Asks for the graph with its nodes brought up to the served versions. */
  | { readonly type: "migrate"; readonly requestId: string; readonly graph: GraphDocument };

/** What happens to one node of a run. */
export type NodeEvent =
  | { readonly type: "node-started"; readonly runId: string; readonly nodeId: string }
  | {
      readonly type: "node-progressed";
      readonly runId: string;
      readonly nodeId: string;
      readonly done: number;
      readonly total: number;
      readonly preview?: Preview;
    }
  | {
      readonly type: "node-finished";
      readonly runId: string;
      readonly nodeId: string;
      readonly cached: boolean;
      readonly ms: number;
      /** The cache key; absent where the node may not be cached. */
      readonly key?: string;
      /** What the definition's `fingerprint` gave. */
      readonly fingerprint?: string;
      /** Content hash by output, in hex; a value that cannot be made twice has none. */
      readonly digests: Readonly<Record<string, string>>;
      /** By output name. */
      readonly previews: Readonly<Record<string, Preview>>;
    }
  | {
      readonly type: "node-failed";
      readonly runId: string;
      readonly nodeId: string;
      readonly error: WireError;
    }
  | {
      readonly type: "node-saved";
      readonly runId: string;
      readonly nodeId: string;
      /** As the node gave it; relative ones start in the graph's folder. */
      readonly path: string;
    };

/** How a run ends; each run ends exactly once. */
export type RunEnding =
  | { readonly type: "run-finished"; readonly runId: string; readonly ms: number }
  | { readonly type: "run-failed"; readonly runId: string; readonly error: WireError }
  | { readonly type: "run-cancelled"; readonly runId: string };

export type RunEvent = NodeEvent | RunEnding;

export interface Welcome {
  readonly type: "welcome";
  readonly catalogue: NodeCatalogue;
  readonly portTypes: PortCatalogue;
  readonly graph: GraphDocument;
  readonly graphName: string;
  readonly device: string;
  readonly version: string;
}

/** What the server tells an editor. */
export type ServerMessage =
  | Welcome
  | { readonly type: "run-started"; readonly requestId: string; readonly runId: string }
  | { readonly type: "run-rejected"; readonly requestId: string; readonly issues: readonly Issue[] }
  | { readonly type: "issues"; readonly requestId: string; readonly issues: readonly Issue[] }
  | { readonly type: "migrated"; readonly requestId: string; readonly graph: GraphDocument }
  | RunEvent
  | { readonly type: "server-failed"; readonly error: WireError };

import type { WireError } from "../errors.ts";
import type { NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { PortCatalogue } from "../graph/port-look.ts";
import type { RunEvent } from "../protocol/messages.ts";

/** What the supervisor asks of the execution process. */
export type ChildRequest =
  | {
      readonly type: "run";
      readonly runId: string;
      readonly graph: GraphDocument;
      readonly outputs?: readonly string[];
    }
  | { readonly type: "cancel"; readonly runId: string }
  | { readonly type: "migrate"; readonly requestId: string; readonly graph: GraphDocument };

export interface ChildFacts {
  readonly catalogue: NodeCatalogue;
  readonly portTypes: PortCatalogue;
  readonly device: string;
  /** Version of ONNX Runtime. */
  readonly runtime: string;
}

export interface NodeLogged {
  readonly type: "node-logged";
  readonly runId: string;
  readonly nodeId: string;
  readonly text: string;
}

/** What the execution process tells; values never cross, only events and previews. */
export type ChildReply =
  | (ChildFacts & { readonly type: "ready" })
  | { readonly type: "not-ready"; readonly error: WireError }
  | { readonly type: "migrated"; readonly requestId: string; readonly graph: GraphDocument }
  | RunEvent
  | NodeLogged;

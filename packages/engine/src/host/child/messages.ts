import type { WireError } from "../../errors.ts";
import type { GraphDocument } from "../../graph/document.ts";
import type { NodeEvent, OfRun, RunEvent } from "../../protocol/run-event.ts";
import type { HostFacts, RunRequest } from "../execution-host.ts";

/** What the supervisor asks of the execution process. */
export type ChildRequest =
  | OfRun<RunRequest & { readonly type: "run" }>
  | OfRun<{ readonly type: "cancel" }>
  | { readonly type: "migrate"; readonly requestId: string; readonly graph: GraphDocument };

/** An event of a run, as the execution process sends it. */
export type RunReply = OfRun<RunEvent>;

/** What the execution process sends back: events and previews, never values. */
export type ChildReply =
  | (HostFacts & { readonly type: "ready" })
  | { readonly type: "not-ready"; readonly error: WireError }
  | { readonly type: "migrated"; readonly requestId: string; readonly graph: GraphDocument }
  | { readonly type: "run-events"; readonly runId: string; readonly events: readonly NodeEvent[] }
  | RunReply;

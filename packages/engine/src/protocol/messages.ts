import type { WireError } from "../errors.ts";
import type { NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import type { PortCatalogue } from "../graph/port-look.ts";
import type { JobState } from "./job-summary.ts";
import type { OfRun, RunEvent } from "./run-event.ts";

/** What a page asks of the server. */
export type ClientMessage =
  | {
      readonly type: "run";
      readonly requestId: string;
      readonly graph: GraphDocument;
      /** Ids of the wanted nodes. Omitted: every output node and graph output. */
      readonly outputs?: readonly string[];
    }
  | { readonly type: "cancel"; readonly runId: string }
  /** Asks for the graph with its nodes migrated to the served versions. */
  | { readonly type: "migrate"; readonly requestId: string; readonly graph: GraphDocument };

/** A run, named by the server and by whoever asked for it. */
export interface RunIdentity {
  readonly runId: string;
  /** The id under which a page asked for the run. */
  readonly requestId: string;
  readonly graph: GraphDocument;
}

/** A run so far: enough for a page that connects later to show it as if it had been there. */
export interface RunSnapshot extends RunIdentity {
  readonly state: JobState;
  /** The latest event of each type for each node, then the run's ending if it is over. */
  readonly events: readonly RunEvent[];
}

/** What the server reports of its runs to every page. */
export type RunReport =
  /** Sent again for a run that is resumed. */
  | (RunIdentity & { readonly type: "run-queued" })
  /** All events of the run follow, also where a run before was broken off. */
  | (RunIdentity & { readonly type: "run-started" })
  | OfRun<RunEvent>;

/** The first message to a page. */
export interface Welcome {
  readonly type: "welcome";
  readonly catalogue: NodeCatalogue;
  readonly portTypes: PortCatalogue;
  readonly graph: GraphDocument;
  readonly graphName: string;
  readonly device: string;
  readonly version: string;
  /** Recent runs and those still running, oldest first. */
  readonly runs: readonly RunSnapshot[];
}

/** What the server sends to a page. */
export type ServerMessage =
  | Welcome
  | RunReport
  | { readonly type: "run-rejected"; readonly requestId: string; readonly issues: readonly Issue[] }
  | { readonly type: "migrated"; readonly requestId: string; readonly graph: GraphDocument }
  | { readonly type: "server-failed"; readonly error: WireError };

import type { WireError } from "../errors.ts";
import type { NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import type { PortCatalogue } from "../graph/port-look.ts";
import type { ClientRequest } from "./client-schemas.ts";
import type { DocumentMessage, DocumentSummary } from "./document.ts";
import type { JobState } from "./job-summary.ts";
import type { ProgressDelta } from "./progress-delta.ts";
import type { OfRun, RunEvent } from "./run-event.ts";

type WithGraph<Request> = Request extends { readonly graph: unknown }
  ? Omit<Request, "graph"> & { readonly graph: GraphDocument }
  : Request;

/** What a page asks of the server. */
export type ClientMessage = WithGraph<ClientRequest>;

/** A run, named by the server and by whoever asked for it. */
export interface RunIdentity {
  readonly runId: string;
  /** The id under which a page asked for the run. */
  readonly requestId: string;
  readonly graph: GraphDocument;
  /** The open document that it was asked for from; absent where nobody named one. */
  readonly documentId?: string;
}

/** A run so far: enough for a page that connects later to show it as if it had been there. */
export interface RunSnapshot extends RunIdentity {
  readonly state: JobState;
  /** To a page that said which event it saw last: that one; `events` are those after it. */
  readonly after?: number;
  /** The latest event of each type for each node, then the run's ending if it is over. */
  readonly events: readonly RunEvent[];
}

/** What the server reports of its runs to every page. */
export type RunReport =
  /** Sent again for a run that is resumed. */
  | (RunIdentity & { readonly type: "run-queued" })
  /** All events of the run follow, also where a run before was broken off. */
  | (RunIdentity & { readonly type: "run-started" })
  /** The order of the queue, the marks of a job or the number of jobs changed, or the queue was paused or resumed. */
  | { readonly type: "jobs-changed"; readonly isPaused: boolean }
  /** On the wire, every event has its number. */
  | (OfRun<RunEvent> & { readonly seq?: number });

/** The first message to a page. */
export interface Welcome {
  readonly type: "welcome";
  readonly catalogue: NodeCatalogue;
  readonly portTypes: PortCatalogue;
  readonly graph: GraphDocument;
  readonly graphName: string;
  /** The whole path of the workspace folder. */
  readonly workspace: string;
  /** The documents that are open. */
  readonly documents: readonly DocumentSummary[];
  /** The document of the graph that the server was started with. */
  readonly documentId: string;
  readonly device: string;
  readonly version: string;
  /** Recent runs and those still running, oldest first. */
  readonly runs: readonly RunSnapshot[];
}

/** What the server sends to a page: progress as deltas, all else as it is reported. */
export type ServerMessage =
  | Welcome
  | RunReport
  | ProgressDelta
  | DocumentMessage
  | { readonly type: "run-rejected"; readonly requestId: string; readonly issues: readonly Issue[] }
  | { readonly type: "migrated"; readonly requestId: string; readonly graph: GraphDocument }
  | { readonly type: "server-failed"; readonly error: WireError };

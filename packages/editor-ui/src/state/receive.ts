import type { RunSnapshot, ServerMessage, Welcome } from "@insightgraph/engine/protocol";
import { issueSentences } from "../connection/issue-words.ts";
import { catchUp, loseRuns, reduceRuns } from "../connection/run-state.ts";
import { categoryRoles } from "../document/category-roles.ts";
import { words } from "../messages/messages.ts";
import { takeDocument } from "./document-steps.ts";
import type { EditorState } from "./editor-state.ts";
import { takeCatalogue } from "./graph-steps.ts";
import { takeMigrated } from "./migrate-steps.ts";

/** The state after a message of the server. */
export function receive(state: EditorState, message: ServerMessage): EditorState {
  const next = { ...state, runs: reduceRuns(state.runs, message) };
  switch (message.type) {
    case "welcome":
      return withSnapshots(welcome(next, message), message.runs);
    case "run-queued":
    case "run-started": {
      const status = message.type === "run-queued" ? "queued" : "running";
      return withSnapshots(state, [{ ...message, state: status, events: [] }]);
    }
    case "migrated":
      return takeMigrated(next, message);
    case "documents":
    case "document-state":
    case "document-changed":
      return takeDocument(state, message);
    case "run-rejected": {
      const { issues } = message;
      return { ...next, notice: { tone: "failed", text: words.page.cannotRunYet, issues } };
    }
    case "run-finished":
      if (message.warning === undefined || isElsewhere(next, message.runId)) return next;
      return {
        ...next,
        notice: { tone: "info", text: words.runWarned, issues: [message.warning] },
      };
    case "run-failed": {
      if (isElsewhere(next, message.runId)) return next;
      const issues = [message.error];
      return { ...next, notice: { tone: "failed", text: words.page.runFailed, issues } };
    }
    case "server-failed":
      return { ...next, notice: { tone: "failed", text: issueSentences(message.error) } };
    default:
      return next;
  }
}

/** Whether a run belongs to a document that is not open, so that whoever asked for it tells how it ended. */
function isElsewhere({ runs, documents }: EditorState, id: string): boolean {
  const asked = runs.find(({ runId }) => runId === id)?.documentId;
  return asked !== undefined && !documents.some((document) => document.id === asked);
}

/** A second welcome follows a lost connection: the document that the page shows is joined again. */
function welcome(
  state: EditorState,
  { catalogue, portTypes, device, workspace, graph, documentId, documents, runs }: Welcome,
): EditorState {
  const isOpen = documents.some(({ id }) => id === state.wanted);
  const next = {
    ...state,
    isWelcome: true,
    runs: loseRuns(state.runs, runs),
    portTypes,
    categoryRoles: categoryRoles(catalogue, portTypes),
    device,
    workspace,
    served: { documentId, graph },
    opened: state.document === undefined ? graph : state.opened,
    documents,
    wanted: isOpen ? state.wanted : documentId,
  };
  return takeCatalogue(next, catalogue);
}

/** Adds runs of all pages of this server, with those that this page requested before a reload. */
function withSnapshots(state: EditorState, snapshots: readonly RunSnapshot[]): EditorState {
  return { ...state, runs: snapshots.reduce(catchUp, state.runs) };
}

import type { GraphDocument } from "@insightgraph/engine/graph";
import { applyPatches, enablePatches, type Patch, produceWithPatches } from "immer";
import type { GraphEdit } from "./edits.ts";
import { shareEqual } from "./share-equal.ts";

enablePatches();

/** An edit that this page has made and the server has not confirmed. */
interface PendingEdit {
  readonly kind: "edit";
  readonly editId: string;
  readonly edit: GraphEdit;
  /** Edits of one label in a row are one step to undo. */
  readonly label?: string;
  readonly patches: readonly Patch[];
  /** The graph with this edit and those before it. */
  readonly after: GraphDocument;
}

/** A step back or forward that the server has been or will be asked for. */
interface PendingStep {
  readonly kind: "undo" | "redo";
  readonly editId: string;
}

/** A change that the server has not confirmed, in the order in which they were made. */
export type PendingChange = PendingEdit | PendingStep;

/** A graph that the server keeps and that several windows may edit. */
export interface SyncedGraph {
  /** As the server has it, at `version`. */
  readonly confirmed: GraphDocument;
  readonly version: number;
  /** What is still to be confirmed; the first one is under way while `isSending`. */
  readonly pending: readonly PendingChange[];
  readonly isSending: boolean;
  /** `confirmed` with the pending edits: what the page shows. */
  readonly shown: GraphDocument;
}

/** A graph that is as the server has it. */
export function createSynced(graph: GraphDocument, version: number): SyncedGraph {
  return { confirmed: graph, version, pending: [], isSending: false, shown: graph };
}

/** Makes an edit on the page; the same object where it changes nothing. */
export function editSynced(
  synced: SyncedGraph,
  editId: string,
  edit: GraphEdit,
  label?: string,
): SyncedGraph {
  const [after, patches] = produceWithPatches(synced.shown, edit);
  if (after === synced.shown) return synced;
  const named = label === undefined ? {} : { label };
  const made: PendingEdit = { kind: "edit", editId, edit, patches, after, ...named };
  return { ...synced, pending: [...synced.pending, made], shown: after };
}

/** Asks for a step back or forward; a step that was not sent yet is simply taken back. */
export function stepSynced(
  synced: SyncedGraph,
  editId: string,
  kind: "undo" | "redo",
): SyncedGraph {
  const { pending, isSending } = synced;
  const start = kind === "undo" ? startOfLastStep(pending) : undefined;
  if (start !== undefined && start >= (isSending ? 1 : 0)) {
    return withPending(synced, pending.slice(0, start));
  }
  return { ...synced, pending: [...pending, { kind, editId }] };
}

/** Where the last step of what is pending begins; undefined where it may begin with what the server has. */
function startOfLastStep(pending: readonly PendingChange[]): number | undefined {
  const last = pending.at(-1);
  if (last?.kind !== "edit") return undefined;
  if (last.label === undefined) return pending.length - 1;
  const before = pending.findLastIndex(
    (change) => change.kind !== "edit" || change.label !== last.label,
  );
  return before < 0 ? undefined : before + 1;
}

/** What to send next, and the graph that waits for its confirmation; undefined while one is under way. */
export function sendNext(
  synced: SyncedGraph,
): { readonly synced: SyncedGraph; readonly change: PendingChange } | undefined {
  const [change] = synced.pending;
  if (synced.isSending || change === undefined) return undefined;
  return { synced: { ...synced, isSending: true }, change };
}

/** A change that the server has made, and the version that it led to. */
export interface ServerChange {
  readonly version: number;
  readonly patches: readonly ServerPatch[];
  readonly editId: string;
}

interface ServerPatch {
  readonly op: "add" | "remove" | "replace";
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
}

/** Takes a change that the server has made, of this page or of another window. */
export function takeChange(
  synced: SyncedGraph,
  { version, patches, editId }: ServerChange,
): SyncedGraph {
  const [first, ...rest] = synced.pending;
  const isOwn = first?.editId === editId && synced.isSending;
  if (isOwn && first.kind === "edit") {
    // The page has shown it all along: nothing of the graph is made anew.
    return { ...synced, confirmed: first.after, version, pending: rest, isSending: false };
  }
  const own = patches.map((patch) => ({ ...patch, path: [...patch.path] }));
  const confirmed = applyPatches(synced.confirmed, own);
  const next = { ...synced, confirmed, version };
  if (isOwn) return withPending({ ...next, isSending: false }, rest);
  return withPending(next, synced.pending);
}

/** The state that the server sends to a page that joins, or whose edit came too late. */
export interface ServerState {
  readonly graph: GraphDocument;
  readonly version: number;
  /** Changes that have arrived. */
  readonly recentEdits: readonly string[];
}

/**
 * Takes the server's state; edits that it lacks are made again on top of it.
 * @param refused the edit that the server will not take
 */
export function takeState(synced: SyncedGraph, state: ServerState, refused?: string): SyncedGraph {
  const arrived = new Set(state.recentEdits);
  const pending = synced.pending.filter(({ editId }) => !arrived.has(editId) && editId !== refused);
  const confirmed = shareEqual(synced.confirmed, state.graph);
  return withPending({ ...synced, confirmed, version: state.version, isSending: false }, pending);
}

/** Makes the pending edits again, one on the other. */
function withPending(synced: SyncedGraph, pending: readonly PendingChange[]): SyncedGraph {
  let shown = synced.confirmed;
  const remade: PendingChange[] = [];
  for (const change of pending) {
    if (change.kind !== "edit") {
      remade.push(change);
      continue;
    }
    const [after, patches] = produceWithPatches(shown, change.edit);
    const isUnderWay = synced.isSending && remade.length === 0;
    if (after === shown && !isUnderWay) continue;
    shown = after;
    remade.push({ ...change, patches, after });
  }
  return { ...synced, pending: remade, shown };
}

import type { GraphDocument } from "@insightgraph/engine/graph";
import { produce } from "immer";
import type { GraphEdit } from "./edits.ts";

/** Every state a person can go back to. States are shared structurally, so keeping many is cheap. */
export interface History {
  readonly past: readonly GraphDocument[];
  readonly present: GraphDocument;
  readonly future: readonly GraphDocument[];
  /** Name of the edit that led to `present`; equal names in a row make one step. */
  readonly label?: string;
}

const depth = 200;

/** A history that begins with this graph. */
export function createHistory(graph: GraphDocument): History {
  return { past: [], present: graph, future: [] };
}

/**
 * Applies an edit as one step back in time.
 * @param label a name under which edits in a row merge, such as typing into one field
 */
export function applyEdit(history: History, edit: GraphEdit, label?: string): History {
  const present = produce(history.present, edit);
  if (present === history.present) return history;
  const isSameStep = label !== undefined && label === history.label;
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-depth);
  return { past, present, future: [], ...(label === undefined ? {} : { label }) };
}

/** Ends the step in progress: the next edit of the same name begins a new one. */
export function endStep(history: History): History {
  if (history.label === undefined) return history;
  const { label: _, ...rest } = history;
  return rest;
}

/** One step back; the same history content at its beginning. */
export function undo({ past, present, future }: History): History {
  const previous = past.at(-1);
  if (previous === undefined) return { past, present, future };
  return { past: past.slice(0, -1), present: previous, future: [present, ...future] };
}

/** One step forward again; the same history content at its end. */
export function redo({ past, present, future }: History): History {
  const [next, ...rest] = future;
  if (next === undefined) return { past, present, future };
  return { past: [...past, present], present: next, future: rest };
}

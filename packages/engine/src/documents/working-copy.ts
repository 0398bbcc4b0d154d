import { applyPatches, type Draft, enablePatches, produceWithPatches } from "immer";
import { EngineError } from "../errors.ts";
import type { GraphDocument, JsonObject } from "../graph/document.ts";
import type { DocumentState, DocumentSummary, Patch } from "../protocol/document.ts";

enablePatches();

/** One step that can be undone. */
export interface Step {
  /** The version that it led to; names the step. */
  readonly id: number;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** Steps of the same name in a row are one, such as typing into one field. */
  readonly label?: string;
}

/** A file as it was when it was last read or written. */
export interface SavedFile {
  readonly file: string;
  /** SHA-256 of its bytes, in hex. */
  readonly digest: string;
}

/** All that is kept of an open document. */
export interface WorkingCopy {
  readonly id: string;
  /** For one without a file. */
  readonly title: string;
  readonly saved?: SavedFile;
  /** The step after which the graph was what the file held. */
  readonly savedStep?: number;
  readonly version: number;
  readonly graph: GraphDocument;
  readonly past: readonly Step[];
  /** The next one to redo comes last. */
  readonly future: readonly Step[];
  /** The step before the first one in `past`. */
  readonly firstStep: number;
  readonly viewState?: JsonObject;
  /** Names of the latest edits: a page that was cut off learns which of its edits arrived. */
  readonly recentEdits: readonly string[];
  /** Milliseconds since 1970. */
  readonly openedMs: number;
}

/** Everything that can happen to a document. */
export type Change =
  | {
      readonly type: "edit";
      readonly editId: string;
      readonly patches: readonly Patch[];
      readonly label?: string;
    }
  | { readonly type: "undo"; readonly editId: string }
  | { readonly type: "redo"; readonly editId: string }
  | { readonly type: "view"; readonly viewState: JsonObject }
  | { readonly type: "saved"; readonly saved: SavedFile }
  | { readonly type: "renamed"; readonly title: string }
  | { readonly type: "moved"; readonly saved: SavedFile };

/** A working copy after a change, and what changed in its graph. */
export interface Changed {
  readonly copy: WorkingCopy;
  readonly patches: readonly Patch[];
}

/** Characters of all steps of a document together; the oldest steps go first. */
const maxStepCharacters = 64 * 1024 * 1024;
const maxRecentEdits = 100;

function lastStep({ past, firstStep }: WorkingCopy): number {
  return past.at(-1)?.id ?? firstStep;
}

/** Whether the graph is what its file held when it was opened or last saved. */
export function isUnchanged(copy: WorkingCopy): boolean {
  return copy.savedStep === lastStep(copy);
}

/** The name of a file without its folder and its ending. */
export function titleOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.json$/i, "");
}

/** What pages see of a document, without its graph. */
export function summaryOf(copy: WorkingCopy, windows: number): DocumentSummary {
  const { id, title, saved, version, past, future } = copy;
  return {
    id,
    name: saved === undefined ? title : titleOf(saved.file),
    ...(saved === undefined ? {} : { file: saved.file }),
    version,
    isSaved: isUnchanged(copy),
    undoSteps: past.length,
    redoSteps: future.length,
    windows,
  };
}

/** What pages see of a document. */
export function stateOf(copy: WorkingCopy, windows: number): DocumentState {
  const { graph, recentEdits, viewState } = copy;
  const shown = viewState === undefined ? {} : { viewState };
  return { ...summaryOf(copy, windows), graph, recentEdits, ...shown };
}

/** Whether one change after the other sets the same values again, as typing does. */
function setsSame(before: readonly Patch[], after: readonly Patch[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ op, path }, at) => {
      const other = after[at];
      return op === "replace" && other?.op === op && path.join("/") === other.path.join("/");
    })
  );
}

function merged(one: Step, two: Step): Step {
  const { id, label } = two;
  const named = label === undefined ? {} : { label };
  if (setsSame(one.patches, two.patches)) {
    return { id, patches: two.patches, inverse: one.inverse, ...named };
  }
  const patches = [...one.patches, ...two.patches];
  return { id, patches, inverse: [...two.inverse, ...one.inverse], ...named };
}

function charactersOf(step: Step): number {
  return JSON.stringify(step).length;
}

/** Leaves out the oldest steps where all of them would take too much room. */
function bounded(copy: WorkingCopy): WorkingCopy {
  let room = maxStepCharacters;
  let keep = 0;
  for (const step of copy.past.toReversed()) {
    room -= charactersOf(step);
    if (room < 0) break;
    keep += 1;
  }
  const dropped = copy.past.length - keep;
  const firstStep = copy.past[dropped - 1]?.id ?? copy.firstStep;
  return dropped === 0 ? copy : { ...copy, past: copy.past.slice(dropped), firstStep };
}

function refusePatches(cause: unknown): EngineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError("document.patch", `the patches do not fit the graph: ${reason}`, {
    hint: "Reload the page. If that does not help, report a bug.",
    cause,
  });
}

function withPatches(
  graph: GraphDocument,
  patches: readonly Patch[],
): readonly [GraphDocument, readonly Patch[], readonly Patch[]] {
  try {
    const list = patches as Parameters<typeof applyPatches>[1];
    const [next, done, inverse] = produceWithPatches(
      graph,
      (draft) => applyPatches(draft as Draft<object>, list) as Draft<GraphDocument>,
    );
    return [next, done as readonly Patch[], inverse as readonly Patch[]];
  } catch (cause) {
    throw refusePatches(cause);
  }
}

function edit(copy: WorkingCopy, patches: readonly Patch[], label?: string): Changed {
  const [graph, , inverse] = withPatches(copy.graph, patches);
  const version = copy.version + 1;
  const step: Step = { id: version, patches, inverse, ...(label === undefined ? {} : { label }) };
  const before = copy.past.at(-1);
  const isSame = label !== undefined && before?.label === label && copy.savedStep !== before.id;
  const past =
    isSame && before !== undefined
      ? [...copy.past.slice(0, -1), merged(before, step)]
      : [...copy.past, step];
  return { copy: bounded({ ...copy, graph, version, past, future: [] }), patches };
}

function nothingTo(what: string): EngineError {
  return new EngineError("document.patch", `there is nothing to ${what}`, {
    hint: `Edit the graph first.`,
  });
}

function undo(copy: WorkingCopy): Changed {
  const step = copy.past.at(-1);
  if (step === undefined) throw nothingTo("undo");
  const [graph] = withPatches(copy.graph, step.inverse);
  const past = copy.past.slice(0, -1);
  const future = [...copy.future, step];
  return {
    copy: { ...copy, graph, version: copy.version + 1, past, future },
    patches: step.inverse,
  };
}

function redo(copy: WorkingCopy): Changed {
  const step = copy.future.at(-1);
  if (step === undefined) throw nothingTo("redo");
  const [graph] = withPatches(copy.graph, step.patches);
  // Typing that goes on after a redo is a step of its own.
  const { label: _, ...done } = step;
  const past = [...copy.past, done];
  const future = copy.future.slice(0, -1);
  return {
    copy: { ...copy, graph, version: copy.version + 1, past, future },
    patches: step.patches,
  };
}

function remembered({ copy, patches }: Changed, editId: string): Changed {
  const recentEdits = [...copy.recentEdits, editId].slice(-maxRecentEdits);
  return { copy: { ...copy, recentEdits }, patches };
}

/** Applies a change. Throws: `document.patch`. */
export function applyChange(copy: WorkingCopy, change: Change): Changed {
  switch (change.type) {
    case "edit":
      return remembered(edit(copy, change.patches, change.label), change.editId);
    case "undo":
      return remembered(undo(copy), change.editId);
    case "redo":
      return remembered(redo(copy), change.editId);
    case "view":
      return { copy: { ...copy, viewState: change.viewState }, patches: [] };
    case "saved":
      return { copy: { ...copy, saved: change.saved, savedStep: lastStep(copy) }, patches: [] };
    case "renamed":
      return { copy: { ...copy, title: change.title }, patches: [] };
    case "moved":
      return { copy: { ...copy, saved: change.saved }, patches: [] };
  }
}

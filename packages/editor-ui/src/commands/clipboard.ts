import { parseGraph } from "@insightgraph/engine/graph";
import { uploadFile } from "../connection/files.ts";
import { clipText, pasteClip } from "../document/clipboard.ts";
import type { Point } from "../document/edits.ts";
import { selectNodes } from "../document/selection.ts";
import { words } from "../messages/messages.ts";
import { addPictureNode } from "../state/add-node.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { failure } from "../state/failure.ts";
import type { Workbench } from "../state/workbench.ts";
import type { ActionCall } from "./action.ts";
import { isFieldFocused } from "./field-focus.ts";
import { hasNodes, placeForNew, selectedNodes } from "./selected.ts";

/** What this page copied last: pasting needs no permission for it. */
let lastClip: string | undefined;

/** Copies the selected nodes as JSON. @returns false when nothing is selected */
export function copySelection(call: ActionCall): boolean {
  if (!hasNodes(call)) return false;
  const { editor } = call;
  lastClip = clipText(graphOf(editor.store.get()), selectedNodes(call));
  // Without a secure connection there is no system clipboard; the page's own still works.
  navigator.clipboard?.writeText(lastClip).catch(() => {});
  return true;
}

/** Pastes what the system's clipboard holds, or what the page copied itself where that may not be read. */
export async function pasteFromClipboard(call: ActionCall, isLinked: boolean): Promise<void> {
  const { place } = placeForNew(call);
  const { editor } = call;
  try {
    const items = (await navigator.clipboard?.read().catch(() => undefined)) ?? [];
    for (const item of items) {
      const type = item.types.find((each) => each.startsWith("image/"));
      if (type === undefined) continue;
      await pastePicture(editor, fileOf(await item.getType(type)), place);
      return;
    }
    const item = items.find(({ types }) => types.includes("text/plain"));
    const text = item === undefined ? lastClip : await (await item.getType("text/plain")).text();
    pasteText(editor, text ?? "", place, isLinked);
  } catch (thrown) {
    editor.notify(failure(thrown));
  }
}

/**
 * Takes what the browser itself pastes on Ctrl+V: nodes as JSON, or a picture, which becomes a node.
 * Fields keep their own pasting.
 */
export function listenToPaste(workbench: Workbench): () => void {
  let isLinked = false;
  const notice = (event: KeyboardEvent) => {
    isLinked = event.shiftKey;
  };
  const paste = (event: ClipboardEvent) => {
    if (isFieldFocused() || event.clipboardData === null) return;
    const { editor } = workbench;
    const { place } = placeForNew(workbench);
    const [picture] = [...event.clipboardData.files].filter(({ type }) =>
      type.startsWith("image/"),
    );
    if (picture !== undefined) void pastePicture(editor, picture, place);
    else pasteText(editor, event.clipboardData.getData("text/plain"), place, isLinked);
    event.preventDefault();
  };
  window.addEventListener("keydown", notice, true);
  document.addEventListener("paste", paste);
  return () => {
    window.removeEventListener("keydown", notice, true);
    document.removeEventListener("paste", paste);
  };
}

function pasteText(editor: Editor, text: string, at: Point, isLinked: boolean): void {
  if (text.trim() === "") return;
  const { catalogue } = editor.store.get();
  const graph = graphOf(editor.store.get());
  try {
    const clip = parseGraph(text);
    const { edit, ids } = pasteClip(clip, graph, { at, isLinked, catalogue });
    editor.edit(edit);
    editor.select(selectNodes(ids));
  } catch {
    editor.notify({ tone: "info", text: words.nothingToPaste });
  }
}

async function pastePicture(editor: Editor, file: File, at: Point): Promise<void> {
  try {
    addPictureNode(editor, await uploadFile(file), at);
  } catch (thrown) {
    editor.notify(failure(thrown));
  }
}

function fileOf(blob: Blob): File {
  const ending = blob.type.split("/").at(-1) ?? "png";
  return new File([blob], `pasted.${ending}`, { type: blob.type });
}

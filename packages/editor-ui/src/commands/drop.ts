import type { Editor } from "../state/editor.ts";
import { openFile } from "./start.ts";

/** A file dropped anywhere on the page opens, where nothing else on the page takes it. */
export function listenToDrops(editor: Editor): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (event.defaultPrevented || file === undefined) return;
    event.preventDefault();
    editor.closePanel("start");
    void openFile(editor, file);
  };
  window.addEventListener("dragover", over);
  window.addEventListener("drop", drop);
  return () => {
    window.removeEventListener("dragover", over);
    window.removeEventListener("drop", drop);
  };
}

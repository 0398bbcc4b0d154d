import type { Workbench } from "../state/workbench.ts";
import { type Drop, openFile } from "./start.ts";

/** A file dropped anywhere on the page opens, where nothing else on the page takes it. */
export function listenToDrops(workbench: Workbench): () => void {
  const { editor } = workbench;
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (event.defaultPrevented || file === undefined) return;
    event.preventDefault();
    editor.closePanel("start");
    void openFile(editor, file, dropOnCanvas(workbench, event));
  };
  window.addEventListener("dragover", over);
  window.addEventListener("drop", drop);
  return () => {
    window.removeEventListener("dragover", over);
    window.removeEventListener("drop", drop);
  };
}

function dropOnCanvas({ canvas }: Workbench, event: DragEvent): Drop | undefined {
  const { target, clientX, clientY, altKey } = event;
  const isOnCanvas = target instanceof Element && target.closest(".canvas") !== null;
  const place = isOnCanvas ? canvas()?.toCanvas({ x: clientX, y: clientY }) : undefined;
  return place === undefined ? undefined : { place, isPicture: altKey };
}

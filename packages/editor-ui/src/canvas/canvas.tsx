import { type ReactNode, useEffect, useRef } from "react";
import { uploadFile } from "../connection/files.ts";
import { describeThrown } from "../connection/issue-words.ts";
import type { Point } from "../document/edits.ts";
import type { Editor } from "../editor.ts";
import { addPictureNode } from "../panels/add-node.ts";
import { createCanvasParts } from "./canvas-parts.tsx";
import { type CanvasView, createCanvasView } from "./canvas-view.ts";

interface CanvasProps {
  readonly editor: Editor;
  readonly children: ReactNode;
  onView(view: CanvasView | undefined): void;
}

/** The place where Rete draws; a picture dropped on it becomes a node. */
export function Canvas({ editor, onView, children }: CanvasProps): ReactNode {
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<CanvasView>(undefined);
  useEffect(() => {
    if (container.current === null) return;
    const created = createCanvasView(container.current, editor, createCanvasParts(editor));
    view.current = created;
    onView(created);
    return () => {
      onView(undefined);
      created.destroy();
    };
  }, [editor, onView]);
  const place = (at: Point) => view.current?.toCanvas(at) ?? at;
  return (
    <main
      className="canvas"
      aria-label="Graph"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const file = event.dataTransfer.files[0];
        const at = place({ x: event.clientX, y: event.clientY });
        if (file !== undefined) void addDropped(editor, file, at);
      }}
      onDoubleClick={(event) => {
        if (event.target !== container.current) return;
        const at = { x: event.clientX, y: event.clientY };
        editor.patch({ search: { at, place: place(at) } });
      }}
    >
      <div ref={container} className="canvas-area" />
      {children}
    </main>
  );
}

/** A graph file opens, a picture is uploaded and gets a node that loads it. */
async function addDropped(editor: Editor, file: File, at: Point): Promise<void> {
  if (file.name.endsWith(".json")) {
    editor.openGraph(await file.text(), file.name);
    return;
  }
  try {
    addPictureNode(editor, await uploadFile(file), at);
  } catch (thrown) {
    editor.tell({ tone: "failed", text: describeThrown(thrown) });
  }
}

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Point } from "../document/edits.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import type { CanvasView } from "../state/workbench.ts";
import { BandLayer } from "./band-layer.tsx";
import { createCanvasView, type DrawnCanvas } from "./canvas-view.ts";
import { FarLayer } from "./far-layer.tsx";
import { LinkLayer } from "./link-layer.tsx";
import { nodeUnder } from "./listen-to-presses.ts";
import { MarkLayer } from "./mark-layer.tsx";
import { menuTarget } from "./menu-target.ts";
import { NodeLayer } from "./node-layer.tsx";

interface CanvasProps {
  readonly editor: Editor;
  readonly children: ReactNode;
  onView(view: CanvasView | undefined): void;
}

/** The place where Rete draws; what is dropped on it opens or becomes a node. */
export function Canvas({ editor, onView, children }: CanvasProps): ReactNode {
  const container = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<DrawnCanvas>();
  useEffect(() => {
    if (container.current === null) return;
    const created = createCanvasView(container.current, editor);
    setDrawn(created);
    onView(created.view);
    return () => {
      onView(undefined);
      setDrawn(undefined);
      created.view.destroy();
    };
  }, [editor, onView]);
  const place = (at: Point) => drawn?.scene.toCanvas(at) ?? at;
  return (
    <main
      className="canvas"
      aria-label={words.page.graph}
      onContextMenu={(event) => {
        const { target } = event;
        const isField = target instanceof Element && target.closest("input, textarea") !== null;
        if (isField || drawn === undefined || !drawn.scene.container.contains(target as Node))
          return;
        event.preventDefault();
        const at = { x: event.clientX, y: event.clientY };
        editor.openMenu({ target: menuTarget(drawn.scene, event.nativeEvent), at });
      }}
      onDoubleClick={(event) => {
        const isEmpty =
          event.target instanceof Element && event.target.matches(".canvas-area, .far");
        if (
          !isEmpty ||
          drawn === undefined ||
          nodeUnder(drawn.scene, event.nativeEvent) !== undefined
        )
          return;
        const at = { x: event.clientX, y: event.clientY };
        editor.openSearch({ at, place: place(at), task: { kind: "add" } });
      }}
    >
      <div ref={container} className="canvas-area">
        {drawn !== undefined && (
          <>
            <FarLayer scene={drawn.scene} />
            <MarkLayer scene={drawn.scene} />
            <LinkLayer scene={drawn.scene} />
            <NodeLayer scene={drawn.scene} />
            <BandLayer scene={drawn.scene} />
          </>
        )}
      </div>
      {children}
    </main>
  );
}

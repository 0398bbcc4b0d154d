import { entryOf } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { nodeOf } from "../document/edits.ts";
import { isPortNode } from "../document/levels.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { GraphInspector } from "./graph-inspector.tsx";
import { NodeInspector } from "./node-inspector.tsx";
import { PicturePanel } from "./picture-panel.tsx";
import { PortInspector } from "./port-inspector.tsx";

/** The picture on top, and below it all there is to set on what is selected. */
export function Inspector({ editor }: { readonly editor: Editor }): ReactNode {
  const { store } = editor;
  const selected = useStore(store, (state) => state.selection.nodes);
  const [id] = selected;
  const node = useStore(store, (state) => nodeOf(graphOf(state), id ?? ""));
  const spec = useStore(store, (state) => entryOf(state.catalogue, node?.type ?? ""));
  return (
    <aside className="inspector" aria-label={words.page.inspector}>
      <PicturePanel editor={editor} />
      {selected.size === 1 && id !== undefined && isPortNode(id) ? (
        <PortInspector editor={editor} id={id} />
      ) : selected.size === 1 && id !== undefined && node !== undefined ? (
        <NodeInspector key={id} editor={editor} id={id} node={node} spec={spec} />
      ) : (
        <GraphInspector editor={editor} selected={[...selected]} />
      )}
    </aside>
  );
}

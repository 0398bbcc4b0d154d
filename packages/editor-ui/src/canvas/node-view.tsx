import { entryOf, type NodeTypeSpec } from "@insightgraph/engine/graph";
import { memo, type ReactNode } from "react";
import { describeStatus } from "../connection/node-status-words.ts";
import { nodeOf } from "../document/edits.ts";
import { nodeWidth } from "../document/measures.ts";
import { selectNodes } from "../document/selection.ts";
import { titleOf } from "../document/variant.ts";
import type { Editor } from "../state/editor.ts";
import { type EditorState, graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { NodeBody } from "./node-body.tsx";
import { NodeHeader } from "./node-header.tsx";
import { NodePorts } from "./node-ports.tsx";

interface NodeViewProps {
  readonly editor: Editor;
  readonly id: string;
}

/** One node of the graph: header with state, ports, and what a person needs at hand. */
export const NodeView = memo(function NodeView({ editor, id }: NodeViewProps): ReactNode {
  const { store } = editor;
  const node = useStore(store, (state) => nodeOf(graphOf(state), id));
  const spec = useStore(store, (state) => specOf(state, id));
  const facts = useStore(store, (state) => state.nodes.get(id));
  const role = useStore(store, (state) =>
    state.categoryRoles.get(specOf(state, id)?.category ?? ""),
  );
  const isSelected = useStore(store, (state) => state.selection.nodes.has(id));
  const title = useStore(store, (state) => {
    const shown = nodeOf(graphOf(state), id);
    return shown === undefined ? "" : titleOf(shown, state.catalogue);
  });
  const catalogue = useStore(store, (state) => state.catalogue);
  if (node === undefined || facts === undefined) return null;
  const { status } = facts;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring form semantics and styles
    <div
      className="node"
      role="group"
      data-node={id}
      data-status={status.kind}
      data-stale={status.kind === "done" && status.isStale}
      data-selected={isSelected}
      aria-label={`${title}, ${describeStatus(status, catalogue)}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: nodes are walked by keyboard, Enter opens
      tabIndex={0}
      style={{ width: nodeWidth(node, catalogue) }}
      onFocus={() => {
        if (!store.get().selection.nodes.has(id)) editor.select(selectNodes([id]));
      }}
    >
      <NodeHeader editor={editor} id={id} title={title} role={role} status={status} />
      <NodePorts editor={editor} id={id} node={node} spec={spec} />
      <NodeBody editor={editor} id={id} node={node} spec={spec} facts={facts} />
    </div>
  );
});

function specOf(state: EditorState, id: string): NodeTypeSpec | undefined {
  return entryOf(state.catalogue, nodeOf(graphOf(state), id)?.type ?? "");
}

import type { ReactNode } from "react";
import { toggle } from "../document/edits.ts";
import { namedParams } from "../document/graph-names.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { ActionKey } from "./action-key.tsx";
import { ParamRow } from "./param-row.tsx";

interface GraphInspectorProps {
  readonly editor: Editor;
  readonly selected: readonly string[];
}

/** What a graph asks for by name, when no single node is selected. */
export function GraphInspector({ editor, selected }: GraphInspectorProps): ReactNode {
  const graph = useStore(editor.store, graphOf);
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  if (selected.length > 1) return <ManySelected editor={editor} selected={selected} />;
  const rows = namedParams(graph, catalogue).map((param) => (
    <ParamRow key={param.label} editor={editor} {...param} />
  ));
  const count = Object.keys(graph.nodes).length;
  if (count === 0) return null;
  return (
    <section className="inspector-node" aria-label={words.page.graph}>
      <h2 className="inspector-title">{graph.name ?? words.inspector.thisGraph}</h2>
      {rows.length > 0 ? (
        <div className="params">{rows}</div>
      ) : (
        <p className="inspector-doc">
          {`${words.inspector.nodeCount(count)}. ${words.inspector.selectHint}`}
        </p>
      )}
    </section>
  );
}

function ManySelected({ editor, selected }: GraphInspectorProps): ReactNode {
  return (
    <section className="inspector-node" aria-label={words.inspector.selectedNodes}>
      <h2 className="inspector-title">{words.inspector.nodesSelected(selected.length)}</h2>
      <div className="inspector-switches">
        <button
          type="button"
          className="button"
          onClick={() => editor.edit(toggle(selected, "bypassed"))}
        >
          {words.inspector.bypass} <ActionKey id="bypass" />
        </button>
        <button
          type="button"
          className="button"
          onClick={() => editor.edit(toggle(selected, "muted"))}
        >
          {words.inspector.mute} <ActionKey id="mute" />
        </button>
      </div>
    </section>
  );
}

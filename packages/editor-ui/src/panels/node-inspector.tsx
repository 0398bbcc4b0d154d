import type { GraphNode, NodeTypeSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { hintSentence, whatSentence } from "../connection/issue-words.ts";
import { toggle } from "../document/edits.ts";
import { subgraphOf } from "../document/unfold.ts";
import { titleOf, toWords } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import { CategoryMark } from "../parts/category-mark.tsx";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { AddVariantForm } from "./ablation/add-variant-form.tsx";
import { ActionKey } from "./action-key.tsx";
import { ParamRow } from "./param-row.tsx";

interface NodeInspectorProps {
  readonly editor: Editor;
  readonly id: string;
  readonly node: GraphNode;
  readonly spec: NodeTypeSpec | undefined;
}

/** Everything about one node: what it does, its issues, params, switches and ports. */
export function NodeInspector({ editor, id, node, spec }: NodeInspectorProps): ReactNode {
  const title = useStore(editor.store, (state) => titleOf(node, state.catalogue));
  const role = useStore(editor.store, (state) => state.categoryRoles.get(spec?.category ?? ""));
  return (
    <section className="inspector-node" aria-label={words.inspector.selectedNode}>
      <h2 className="inspector-title">
        <CategoryMark role={role} />
        {title}
        <span className="inspector-id">{id}</span>
      </h2>
      {spec?.doc !== "" && (
        <p className="inspector-doc">{spec?.doc ?? words.inspector.noSuchType(node.type)}</p>
      )}
      <OpenSubgraph editor={editor} id={id} />
      <NodeIssues editor={editor} id={id} />
      <NodeLog editor={editor} id={id} />
      <div className="params">
        {Object.entries(spec?.params ?? {}).map(([name, param]) => (
          <ParamRow key={name} editor={editor} nodeId={id} node={node} name={name} spec={param} />
        ))}
      </div>
      <div className="inspector-switches">
        <button
          type="button"
          className="button"
          aria-pressed={node.bypassed === true}
          title={words.inspector.bypassHint}
          onClick={() => editor.edit(toggle([id], "bypassed"))}
        >
          {words.inspector.bypass} <ActionKey id="bypass" />
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={node.muted === true}
          title={words.inspector.muteHint}
          onClick={() => editor.edit(toggle([id], "muted"))}
        >
          {words.inspector.mute} <ActionKey id="mute" />
        </button>
      </div>
      {spec !== undefined && (
        <AddVariantForm key={id} editor={editor} id={id} node={node} spec={spec} />
      )}
      {spec !== undefined && <Ports spec={spec} />}
    </section>
  );
}

function OpenSubgraph({ editor, id }: { readonly editor: Editor; readonly id: string }): ReactNode {
  const hasSubgraph = useStore(
    editor.store,
    (state) => subgraphOf(graphOf(state), id) !== undefined,
  );
  if (!hasSubgraph) return null;
  const open = () => editor.showLevel([...editor.store.get().level, id]);
  return (
    <button type="button" className="button" onClick={open}>
      {words.actions.enter} <ActionKey id="enter" />
    </button>
  );
}

function NodeIssues({ editor, id }: { readonly editor: Editor; readonly id: string }): ReactNode {
  const issues = useStore(editor.store, (state) => state.nodes.get(id)?.issues);
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  const own = (issues ?? []).filter(({ path }) => path?.startsWith("params.") !== true);
  if (own.length === 0) return null;
  return (
    <ul className="inspector-issues">
      {own.map((issue) => (
        <li key={`${issue.code} ${issue.path}`}>
          {whatSentence(issue, catalogue)}{" "}
          <span className="quiet">{hintSentence(issue, catalogue)}</span>
        </li>
      ))}
    </ul>
  );
}

function NodeLog({ editor, id }: { readonly editor: Editor; readonly id: string }): ReactNode {
  const text = useStore(editor.store, (state) => state.nodes.get(id)?.log);
  return text === undefined ? null : <p className="inspector-doc">{text}</p>;
}

function Ports({ spec }: { readonly spec: NodeTypeSpec }): ReactNode {
  const ports = [...Object.entries(spec.inputs), ...Object.entries(spec.outputs)];
  if (ports.length === 0) return null;
  return (
    <dl className="inspector-ports">
      {(["inputs", "outputs"] as const).flatMap((side) =>
        Object.entries(spec[side]).map(([name, port]) => (
          <div key={`${side} ${name}`} className="inspector-port">
            <dt>
              {toWords(name)}{" "}
              <span className="quiet">
                {side === "inputs" ? words.inspector.input : words.inspector.output}
              </span>
            </dt>
            <dd>{port.doc}</dd>
          </div>
        )),
      )}
    </dl>
  );
}

import type { GraphNode, NodeTypeSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { categoryColour } from "../canvas/port-look.ts";
import { hintSentence, whatSentence } from "../connection/issue-words.ts";
import { logOf } from "../connection/node-status.ts";
import { toggle } from "../document/edits.ts";
import { titleOf, toWords } from "../document/variant.ts";
import type { Editor } from "../editor.ts";
import { useStore } from "../store.ts";
import { ParamRow } from "./param-row.tsx";

interface NodeInspectorProps {
  readonly editor: Editor;
  readonly id: string;
  readonly node: GraphNode;
  readonly spec: NodeTypeSpec | undefined;
}

export function NodeInspector({ editor, id, node, spec }: NodeInspectorProps): ReactNode {
  const title = useStore(editor.store, (state) => titleOf(node, state.catalogue));
  return (
    <section className="inspector-node" aria-label="Selected node">
      <h2 className="inspector-title">
        <span className="category" style={{ background: categoryColour(spec?.category ?? "") }} />
        {title}
        <span className="inspector-id">{id}</span>
      </h2>
      <p className="inspector-doc">
        {spec?.doc ??
          `There is no node type "${node.type}" here. Replace the node or install its pack.`}
      </p>
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
          title="Pass inputs through without running"
          onClick={() => editor.edit(toggle([id], "bypassed"))}
        >
          Bypass <kbd>B</kbd>
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={node.muted === true}
          title="Do not run, give nothing"
          onClick={() => editor.edit(toggle([id], "muted"))}
        >
          Mute <kbd>M</kbd>
        </button>
      </div>
      {spec !== undefined && <Ports spec={spec} />}
    </section>
  );
}

function NodeIssues({ editor, id }: { readonly editor: Editor; readonly id: string }): ReactNode {
  const issues = useStore(editor.store, (state) => state.issues);
  const own = issues.filter(
    ({ nodeId, path }) => nodeId === id && path?.startsWith("params.") !== true,
  );
  if (own.length === 0) return null;
  return (
    <ul className="inspector-issues">
      {own.map((issue) => (
        <li key={`${issue.code} ${issue.path}`}>
          {whatSentence(issue)} <span className="quiet">{hintSentence(issue)}</span>
        </li>
      ))}
    </ul>
  );
}

function NodeLog({ editor, id }: { readonly editor: Editor; readonly id: string }): ReactNode {
  const text = useStore(editor.store, ({ runs }) => logOf(runs, id));
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
              {toWords(name)} <span className="quiet">{side === "inputs" ? "in" : "out"}</span>
            </dt>
            <dd>{port.doc}</dd>
          </div>
        )),
      )}
    </dl>
  );
}

import { entryOf, type GraphNode, type Link, type ParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { issueSentences } from "../connection/issue-words.ts";
import { disconnect, type InputEnd, setParam } from "../document/edits.ts";
import { settingOf, toWords } from "../document/variant.ts";
import type { Editor } from "../editor.ts";
import { ParamField } from "../fields/param-field.tsx";
import { useStore } from "../store.ts";

interface ParamRowProps {
  readonly editor: Editor;
  readonly nodeId: string;
  readonly node: GraphNode;
  readonly name: string;
  readonly label?: string;
  readonly spec: ParamSpec;
}

/** One setting: its name, its control, and what is wrong with its value. */
export function ParamRow({ editor, nodeId, node, name, label, spec }: ParamRowProps): ReactNode {
  const words = toWords(label ?? name);
  const id = `param-${nodeId}-${name}`;
  const fault = useStore(editor.store, (state) =>
    state.issues.find((issue) => issue.nodeId === nodeId && issue.path === `params.${name}`),
  );
  const link = entryOf(node.inputs, name);
  if (link !== undefined && spec.accepts !== undefined) {
    return <FedRow editor={editor} end={{ node: nodeId, input: name }} words={words} link={link} />;
  }
  return (
    <div className="param" data-kind={spec.kind}>
      <label className="param-name" htmlFor={id} title={spec.doc}>
        {words}
      </label>
      <ParamField
        id={id}
        label={words}
        spec={spec}
        value={settingOf(node, name, spec)}
        change={(value) => editor.edit(setParam(nodeId, name, value), `param ${nodeId} ${name}`)}
        end={editor.endStep}
      />
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {issueSentences(fault)}
        </p>
      )}
    </div>
  );
}

interface FedRowProps {
  readonly editor: Editor;
  readonly end: InputEnd;
  readonly words: string;
  readonly link: Link;
}

/** A setting that a link feeds: where from, and a way to set it by hand again. */
function FedRow({ editor, end, words, link }: FedRowProps): ReactNode {
  return (
    <div className="param" data-kind="fed">
      <span className="param-name">{words}</span>
      <span className="param-fed">
        from {link.node}.{toWords(link.output)}
      </span>
      <button type="button" className="button" onClick={() => editor.edit(disconnect(end))}>
        Set by hand
      </button>
    </div>
  );
}

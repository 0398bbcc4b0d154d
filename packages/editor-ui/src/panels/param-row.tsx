import { entryOf, type GraphNode, type ParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { issueSentences } from "../connection/issue-words.ts";
import { setParam } from "../document/edits.ts";
import { isFreeSeed, toggleFreeSeed } from "../document/free-seeds.ts";
import { settingOf, toWords } from "../document/variant.ts";
import { BrowseButton } from "../fields/browse-button.tsx";
import { ParamField } from "../fields/param-field.tsx";
import type { SeedLock } from "../fields/seed-field.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { FeedSelect } from "./feed-select.tsx";

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
  const text = toWords(label ?? name);
  const id = `param-${nodeId}-${name}`;
  const fault = useStore(editor.store, (state) =>
    state.nodes.get(nodeId)?.issues.find(({ path }) => path === `params.${name}`),
  );
  const { accepts } = spec;
  const isFed = accepts !== undefined && entryOf(node.inputs, name) !== undefined;
  return (
    <div className="param" data-kind={spec.kind}>
      <label className="param-name" htmlFor={id} title={spec.doc}>
        {text}
      </label>
      {!isFed && (
        <ParamField
          id={id}
          label={text}
          spec={spec}
          value={settingOf(node, name, spec)}
          change={(value) => editor.edit(setParam(nodeId, name, value), `param ${nodeId} ${name}`)}
          end={editor.endStep}
          {...(spec.kind === "seed" ? { lock: lockOf(editor, nodeId, node, name) } : {})}
        />
      )}
      {!isFed && (
        <BrowseButton spec={spec} value={settingOf(node, name, spec)} browse={editor.browse} />
      )}
      {accepts !== undefined && (
        <FeedSelect
          editor={editor}
          end={{ node: nodeId, input: name }}
          label={text}
          accepts={accepts}
        />
      )}
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {issueSentences(fault)}
        </p>
      )}
    </div>
  );
}

function lockOf(editor: Editor, nodeId: string, node: GraphNode, name: string): SeedLock {
  return {
    isFree: isFreeSeed(node, name),
    toggle: () => editor.edit(toggleFreeSeed(nodeId, name)),
  };
}

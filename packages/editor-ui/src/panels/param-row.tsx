import { entryOf, type GraphNode, type ParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { issueSentences } from "../connection/issue-words.ts";
import { setParam } from "../document/edits.ts";
import { isFreeSeed, toggleFreeSeed } from "../document/free-seeds.ts";
import { nameOfParam, toggleParamName } from "../document/graph-names.ts";
import { settingOf, toWords } from "../document/variant.ts";
import { BrowseButton } from "../fields/browse-button.tsx";
import { ParamField } from "../fields/param-field.tsx";
import type { SeedLock } from "../fields/seed-field.tsx";
import { words } from "../messages/messages.ts";
import { PinIcon } from "../parts/icons.tsx";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { FeedSelect } from "./feed-select.tsx";

interface ParamRowProps {
  readonly editor: Editor;
  readonly nodeId: string;
  readonly node: GraphNode;
  readonly name: string;
  readonly label?: string;
  readonly spec: ParamSpec;
  /** Without what only concerns the graph: links, and what the app shows. */
  readonly isPlain?: boolean;
}

/** One setting: its name, its control, and what is wrong with its value. */
export function ParamRow(props: ParamRowProps): ReactNode {
  const { editor, nodeId, node, name, label, spec, isPlain = false } = props;
  const text = toWords(label ?? name);
  const id = `param-${nodeId}-${name}`;
  const fault = useStore(editor.store, (state) =>
    state.nodes.get(nodeId)?.issues.find(({ path }) => path === `params.${name}`),
  );
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  const { accepts } = spec;
  const isFed = accepts !== undefined && entryOf(node.inputs, name) !== undefined;
  return (
    <div className="param" data-kind={spec.kind}>
      <span className="param-head">
        <label className="param-name" htmlFor={id} title={spec.doc}>
          {text}
        </label>
        {!isPlain && <Pin editor={editor} nodeId={nodeId} name={name} label={text} />}
      </span>
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
      {!isPlain && !isFed && (
        <BrowseButton spec={spec} value={settingOf(node, name, spec)} browse={editor.browse} />
      )}
      {!isPlain && accepts !== undefined && (
        <FeedSelect
          editor={editor}
          end={{ node: nodeId, input: name }}
          label={text}
          accepts={accepts}
        />
      )}
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {issueSentences(fault, catalogue)}
        </p>
      )}
    </div>
  );
}

interface PinProps extends Pick<ParamRowProps, "editor" | "nodeId" | "name"> {
  readonly label: string;
}

/** Whether the graph asks for the setting by name, so that its app shows it. */
function Pin({ editor, nodeId, name, label }: PinProps): ReactNode {
  const isNamed = useStore(
    editor.store,
    (state) => nameOfParam(graphOf(state), nodeId, name) !== undefined,
  );
  return (
    <button
      type="button"
      className="param-pin"
      aria-label={words.app.pin(label)}
      title={words.app.pin(label)}
      aria-pressed={isNamed}
      onClick={() => editor.edit(toggleParamName(nodeId, name))}
    >
      <PinIcon />
    </button>
  );
}

function lockOf(editor: Editor, nodeId: string, node: GraphNode, name: string): SeedLock {
  return {
    isFree: isFreeSeed(node, name),
    toggle: () => editor.edit(toggleFreeSeed(nodeId, name)),
  };
}

import { entryOf, type GraphNode, type Json, type NodeTypeSpec } from "@insightgraph/engine/graph";
import { type ReactNode, useState } from "react";
import { perform } from "../../commands/actions.ts";
import { keepVariant, subjectOf } from "../../commands/variant-actions.ts";
import { paramVariant } from "../../document/new-variant.ts";
import { settingOf, toWords } from "../../document/variant.ts";
import { ParamField } from "../../fields/param-field.tsx";
import { words } from "../../messages/messages.ts";
import type { Editor } from "../../state/editor.ts";

interface AddVariantFormProps {
  readonly editor: Editor;
  readonly id: string;
  readonly node: GraphNode;
  readonly spec: NodeTypeSpec;
}

/** Makes variants of the graph from one of its nodes: replaced, switched off, or with another setting. */
export function AddVariantForm({ editor, id, node, spec }: AddVariantFormProps): ReactNode {
  const names = Object.keys(spec.params);
  const [name, setName] = useState(names[0]);
  const [typed, setTyped] = useState<Json>();
  const param = entryOf(spec.params, name ?? "");
  const call = { editor, canvas: () => undefined };
  const button = (action: "variantReplaced" | "variantBypassed" | "variantMuted") => (
    <button type="button" className="button" onClick={() => perform(action, call)}>
      {words.actions[action]}
    </button>
  );
  return (
    <details className="add-variant">
      <summary>{words.addVariant}</summary>
      <div className="inspector-switches">
        {button("variantReplaced")}
        {button("variantBypassed")}
        {button("variantMuted")}
      </div>
      {name !== undefined && param !== undefined && (
        <div className="variant-param">
          <label className="ablation-field">
            {words.variantOf}
            <select
              className="field field-choice"
              value={name}
              onChange={({ target }) => {
                setName(target.value);
                setTyped(undefined);
              }}
            >
              {names.map((one) => (
                <option key={one} value={one}>
                  {toWords(one)}
                </option>
              ))}
            </select>
          </label>
          <label htmlFor={`variant-${id}-${name}`}>{words.variantValue}</label>
          <ParamField
            id={`variant-${id}-${name}`}
            label={`${words.variantValue}: ${toWords(name)}`}
            spec={param}
            value={typed ?? settingOf(node, name, param)}
            change={setTyped}
            end={() => {}}
          />
          <button
            type="button"
            className="button"
            disabled={typed === undefined}
            onClick={() => {
              if (typed === undefined) return;
              keepVariant(editor, paramVariant(subjectOf(editor, id), name, typed));
            }}
          >
            {words.addVariant}
          </button>
        </div>
      )}
    </details>
  );
}

import type { ChoiceParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { words } from "../messages/messages.ts";
import type { FieldProps } from "./field-props.ts";

/** A list to choose one option from. */
export function ChoiceField(props: FieldProps<ChoiceParamSpec, string>): ReactNode {
  const { id, label, spec, value, change, end, isOnCanvas } = props;
  const isKnown = spec.options.includes(value);
  return (
    <select
      id={id}
      className="field field-choice"
      aria-label={label}
      aria-invalid={!isKnown}
      title={spec.doc}
      tabIndex={isOnCanvas === true ? -1 : 0}
      value={value}
      onChange={(event) => {
        change(event.target.value);
        end();
      }}
    >
      {!isKnown && <option value={value}>{words.field.notAvailable(value)}</option>}
      {spec.options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}

import type { ChoiceParamSpec } from "@insightgraph/engine/graph";
import { type ReactNode, useState } from "react";
import { optionName } from "../messages/catalogue-names.ts";
import { words } from "../messages/messages.ts";
import { ChoiceList } from "./choice-list.tsx";
import type { FieldProps } from "./field-props.ts";

type ChoiceFieldProps = FieldProps<ChoiceParamSpec, string>;

/** More options than these are searched rather than scrolled. */
const scrolled = 6;

/** A list to choose one option from; a long one is searched. */
export function ChoiceField(props: ChoiceFieldProps): ReactNode {
  return props.spec.options.length > scrolled ? (
    <LongChoice {...props} />
  ) : (
    <ShortChoice {...props} />
  );
}

function ShortChoice(props: ChoiceFieldProps): ReactNode {
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
        <option key={option} value={option}>
          {optionName(option)}
        </option>
      ))}
    </select>
  );
}

function LongChoice(props: ChoiceFieldProps): ReactNode {
  const { id, label, spec, value, change, end, isOnCanvas } = props;
  const [isOpen, setOpen] = useState(false);
  const isKnown = spec.options.includes(value);
  return (
    <>
      <button
        type="button"
        id={id}
        className="field field-choice field-long-choice"
        aria-label={`${label}: ${optionName(value)}`}
        aria-haspopup="dialog"
        title={spec.doc}
        tabIndex={isOnCanvas === true ? -1 : 0}
        onClick={() => setOpen(true)}
      >
        {isKnown ? optionName(value) : words.field.notAvailable(value)}
      </button>
      {isOpen && (
        <ChoiceList
          title={words.chooseOption(label)}
          choices={spec.options.map((option) => ({ id: option, label: optionName(option) }))}
          close={() => setOpen(false)}
          choose={(option) => {
            change(option.id);
            end();
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

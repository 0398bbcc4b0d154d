import type { TextParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { words } from "../messages/messages.ts";
import type { FieldProps } from "./field-props.ts";
import { TextField } from "./text-field.tsx";

const written = /^#[0-9a-f]{6}$/i;

/** Whether a text is a colour: its default is written as one. */
export function isColour(spec: TextParamSpec): boolean {
  return written.test(spec.default);
}

/** A colour as text, with the browser's own colour picker beside it. */
export function ColourField(props: FieldProps<TextParamSpec, string>): ReactNode {
  const { label, spec, value, change, end, isOnCanvas } = props;
  return (
    <span className="field-with-button">
      <input
        type="color"
        className="field-colour"
        aria-label={words.field.colour(label)}
        title={spec.doc}
        tabIndex={isOnCanvas === true ? -1 : 0}
        value={written.test(value) ? value : spec.default}
        onChange={(event) => change(event.target.value)}
        onBlur={end}
      />
      <TextField {...props} />
    </span>
  );
}

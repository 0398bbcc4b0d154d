import type { BooleanParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import type { FieldProps } from "./field-props.ts";

/** A check box. */
export function BooleanField(props: FieldProps<BooleanParamSpec, boolean>): ReactNode {
  const { id, label, spec, value, change, end, isOnCanvas } = props;
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      className="field-switch"
      aria-label={label}
      title={spec.doc}
      tabIndex={isOnCanvas === true ? -1 : 0}
      checked={value}
      aria-checked={value}
      onChange={(event) => {
        change(event.target.checked);
        end();
      }}
    />
  );
}

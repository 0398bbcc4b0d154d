import type { TextParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import type { FieldProps } from "./field-props.ts";

/** A text; Enter leaves it, unless it may have several lines. */
export function TextField(props: FieldProps<TextParamSpec, string>): ReactNode {
  const { id, label, spec, value, change, end, isOnCanvas } = props;
  return (
    <textarea
      id={id}
      className="field field-text"
      aria-label={label}
      title={spec.doc}
      rows={spec.multiline === true || isOnCanvas === true ? 2 : 1}
      maxLength={spec.maxLength ?? 10_000}
      spellCheck={false}
      tabIndex={isOnCanvas === true ? -1 : 0}
      value={value}
      onChange={(event) => change(event.target.value)}
      onKeyDown={(event) => {
        const isPlainEnter = event.key === "Enter" && !event.ctrlKey && !event.metaKey;
        if (!isPlainEnter || spec.multiline === true || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.currentTarget.closest<HTMLElement>(".node")?.focus();
        if (isOnCanvas !== true) event.currentTarget.blur();
      }}
      onBlur={end}
    />
  );
}

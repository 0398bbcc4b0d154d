import type { TextParamSpec } from "@insightgraph/engine/graph";
import { type ReactNode, useState } from "react";
import { words } from "../messages/messages.ts";
import type { FieldProps } from "./field-props.ts";
import { ModelVocabulary } from "./model-vocabulary.tsx";
import { ModelsSheet } from "./models-sheet.tsx";
import { TextField } from "./text-field.tsx";

/** The name of a model, typed or chosen among those that are installed or can be added. */
export function ModelField(props: FieldProps<TextParamSpec, string>): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { label, value, change, end, isOnCanvas } = props;
  return (
    <>
      <span className="field-with-button">
        <TextField {...props} />
        {isOnCanvas !== true && (
          <button
            type="button"
            className="button"
            aria-label={`${label}: ${words.chooseModel}`}
            onClick={() => setOpen(true)}
          >
            …
          </button>
        )}
        {isOpen && (
          <ModelsSheet
            close={() => setOpen(false)}
            choose={(name) => {
              change(name);
              end();
              setOpen(false);
            }}
          />
        )}
      </span>
      {isOnCanvas !== true && <ModelVocabulary name={value} />}
    </>
  );
}

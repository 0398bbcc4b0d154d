import type { SeedParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { words } from "../messages/messages.ts";
import { DiceIcon } from "../parts/icons.tsx";
import type { FieldProps } from "./field-props.ts";
import { NumberText } from "./number-field.tsx";

const largestSeed = 2 ** 32 - 1;

/** A seed with a dice beside it that draws a new one. */
export function SeedField(props: FieldProps<SeedParamSpec, number>): ReactNode {
  const { id, label, spec, value, change, end, isOnCanvas } = props;
  const tabIndex = isOnCanvas === true ? -1 : 0;
  return (
    <span className="field-number-row">
      <NumberText
        id={id}
        label={label}
        title={spec.doc}
        spec={{ kind: "integer", min: 0, max: largestSeed }}
        value={value}
        tabIndex={tabIndex}
        change={change}
        end={end}
      />
      <button
        type="button"
        className="button field-dice"
        aria-label={`+1, ${words.seedNext}: ${label}`}
        title={words.seedNext}
        tabIndex={tabIndex}
        onClick={() => {
          change(value === largestSeed ? 0 : value + 1);
          end();
        }}
      >
        +1
      </button>
      <button
        type="button"
        className="button field-dice"
        aria-label={words.field.newSeedFor(label)}
        title={words.field.newSeed}
        tabIndex={tabIndex}
        onClick={() => {
          change(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
          end();
        }}
      >
        <DiceIcon />
      </button>
    </span>
  );
}

import type { SeedParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { drawSeed } from "../document/free-seeds.ts";
import { words } from "../messages/messages.ts";
import { DiceIcon, LockIcon } from "../parts/icons.tsx";
import type { FieldProps } from "./field-props.ts";
import { NumberText } from "./number-field.tsx";

const largestSeed = 2 ** 32 - 1;

/** A seed that is kept, or drawn anew for every run. */
export interface SeedLock {
  readonly isFree: boolean;
  toggle(): void;
}

interface SeedFieldProps extends FieldProps<SeedParamSpec, number> {
  readonly lock: SeedLock | undefined;
}

/** A seed with its lock, the next one, and a dice that draws a new one. */
export function SeedField(props: SeedFieldProps): ReactNode {
  const { id, label, spec, value, change, end, isOnCanvas, lock } = props;
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
      {lock !== undefined && (
        <button
          type="button"
          className="button field-dice"
          aria-label={`${words.seedLock}: ${label}`}
          aria-pressed={!lock.isFree}
          title={lock.isFree ? words.seedLock : words.seedUnlock}
          tabIndex={tabIndex}
          onClick={() => lock.toggle()}
        >
          <LockIcon isOpen={lock.isFree} />
        </button>
      )}
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
          change(drawSeed());
          end();
        }}
      >
        <DiceIcon />
      </button>
    </span>
  );
}

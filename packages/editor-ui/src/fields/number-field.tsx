import type { NumberParamSpec } from "@insightgraph/engine/graph";
import { type CSSProperties, type ReactNode, useState } from "react";
import { words } from "../messages/messages.ts";
import type { FieldProps } from "./field-props.ts";
import { parseNumber } from "./parse-number.ts";

/** A number as text, with a slider beside it when it has both bounds. */
export function NumberField(props: FieldProps<NumberParamSpec, number>): ReactNode {
  const { id, label, spec, value, change, end, isOnCanvas } = props;
  const tabIndex = isOnCanvas === true ? -1 : 0;
  const hasSlider = spec.min !== undefined && spec.max !== undefined;
  return (
    <span className="field-number-row">
      {hasSlider && <Slider {...props} tabIndex={tabIndex} />}
      <NumberText
        id={id}
        label={label}
        title={spec.doc}
        spec={spec}
        value={value}
        tabIndex={tabIndex}
        change={change}
        end={end}
      />
    </span>
  );
}

function Slider(props: FieldProps<NumberParamSpec, number> & { tabIndex: number }): ReactNode {
  const { label, spec, value, change, end, tabIndex } = props;
  const { min = 0, max = 1 } = spec;
  const filled = max === min ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
  return (
    <input
      type="range"
      className="field-slider"
      aria-label={words.field.slider(label)}
      tabIndex={tabIndex}
      min={min}
      max={max}
      step={spec.step ?? (spec.kind === "integer" ? 1 : sliderStep(min, max))}
      value={value}
      style={{ "--filled": `${filled * 100}%` } as CSSProperties}
      onChange={(event) => change(event.target.valueAsNumber)}
      onPointerUp={end}
      onBlur={end}
    />
  );
}

interface NumberTextProps {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly spec: Pick<NumberParamSpec, "kind" | "min" | "max" | "step">;
  readonly value: number;
  readonly tabIndex: number;
  change(value: number): void;
  end(): void;
}

/** A number typed freely: what is not a number that the setting takes stays in the field and out of the graph. */
export function NumberText(props: NumberTextProps): ReactNode {
  const { id, label, title, spec, value, tabIndex, change, end } = props;
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: number }>();
  // What was typed gives way when the value changes in another way, such as undo.
  const text = typed?.value === value ? typed.text : undefined;
  const isWrong = text !== undefined && parseNumber(text, spec) === undefined;
  const nudge = (steps: number) => {
    const step = spec.step ?? (spec.kind === "integer" ? 1 : 0.1);
    const moved = Number((value + steps * step).toFixed(6));
    change(Math.min(spec.max ?? moved, Math.max(spec.min ?? moved, moved)));
    setTyped(undefined);
  };
  const input = (
    <input
      id={id}
      className="field field-number"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={isWrong}
      aria-describedby={isWrong ? `${id}-wrong` : undefined}
      title={title}
      tabIndex={tabIndex}
      value={text ?? showNumber(value)}
      onChange={(event) => {
        const number = parseNumber(event.target.value, spec);
        setTyped({ text: event.target.value, value: number ?? value });
        if (number !== undefined) change(number);
      }}
      onKeyDown={(event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        nudge((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1));
      }}
      onBlur={() => {
        // A wrong entry stays to be mended; the value of the setting is still the last right one.
        if (!isWrong) setTyped(undefined);
        end();
      }}
    />
  );
  return isWrong ? (
    <>
      {input}
      <span id={`${id}-wrong`} className="field-wrong" role="alert">
        {words.wrongNumber(boundsText(spec), showNumber(value))}
      </span>
    </>
  ) : (
    input
  );
}

function boundsText({ kind, min, max }: NumberTextProps["spec"]): string {
  const { number, wholeNumber, from, to, sentenceEnd } = words.field;
  const what = kind === "integer" ? wholeNumber : number;
  return `${what}${min === undefined ? "" : from(min)}${max === undefined ? "" : to(max)}${sentenceEnd}`;
}

function sliderStep(min: number, max: number): number {
  return max - min <= 2 ? 0.01 : 0.1;
}

function showNumber(value: number): string {
  return String(Number(value.toFixed(6)));
}

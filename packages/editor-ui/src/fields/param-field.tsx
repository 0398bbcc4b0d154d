import type { Json, ParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { BooleanField } from "./boolean-field.tsx";
import { ChoiceField } from "./choice-field.tsx";
import { ColourField, isColour } from "./colour-field.tsx";
import type { FieldProps } from "./field-props.ts";
import { FileField } from "./file-field.tsx";
import { ModelField } from "./model-field.tsx";
import { NumberField } from "./number-field.tsx";
import { SeedField, type SeedLock } from "./seed-field.tsx";
import { TextField } from "./text-field.tsx";

interface ParamFieldProps extends FieldProps<ParamSpec, Json> {
  /** Whether a seed is kept, and changing that. */
  readonly lock?: SeedLock;
}

/** The control for one setting, by its kind. */
export function ParamField({ spec, value, lock, ...rest }: ParamFieldProps): ReactNode {
  switch (spec.kind) {
    case "text":
      if (spec.folderPrefix !== undefined) {
        return <ModelField {...rest} spec={spec} value={String(value)} />;
      }
      if (isColour(spec)) return <ColourField {...rest} spec={spec} value={String(value)} />;
      return <TextField {...rest} spec={spec} value={String(value)} />;
    case "number":
    case "integer":
      return <NumberField {...rest} spec={spec} value={toNumber(value, spec.default)} />;
    case "boolean":
      return <BooleanField {...rest} spec={spec} value={value === true} />;
    case "choice":
      return <ChoiceField {...rest} spec={spec} value={String(value)} />;
    case "seed":
      return <SeedField {...rest} lock={lock} spec={spec} value={toNumber(value, spec.default)} />;
    case "file":
      return <FileField {...rest} spec={spec} value={String(value)} />;
  }
}

function toNumber(value: Json, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

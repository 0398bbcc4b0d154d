import type { Json, ParamSpec } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { BooleanField } from "./boolean-field.tsx";
import { ChoiceField } from "./choice-field.tsx";
import type { FieldProps } from "./field-props.ts";
import { FileField } from "./file-field.tsx";
import { NumberField } from "./number-field.tsx";
import { SeedField } from "./seed-field.tsx";
import { TextField } from "./text-field.tsx";

type ParamFieldProps = FieldProps<ParamSpec, Json>;

/** The control for one setting, by its kind. */
export function ParamField({ spec, value, ...rest }: ParamFieldProps): ReactNode {
  switch (spec.kind) {
    case "text":
      return <TextField {...rest} spec={spec} value={String(value)} />;
    case "number":
    case "integer":
      return <NumberField {...rest} spec={spec} value={toNumber(value, spec.default)} />;
    case "boolean":
      return <BooleanField {...rest} spec={spec} value={value === true} />;
    case "choice":
      return <ChoiceField {...rest} spec={spec} value={String(value)} />;
    case "seed":
      return <SeedField {...rest} spec={spec} value={toNumber(value, spec.default)} />;
    case "file":
      return <FileField {...rest} spec={spec} value={String(value)} />;
  }
}

function toNumber(value: Json, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

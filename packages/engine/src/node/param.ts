import type {
  BooleanParamSpec,
  ChoiceParamSpec,
  FileParamSpec,
  NumberParamSpec,
  ParamSpec,
  SeedParamSpec,
  TextParamSpec,
} from "../graph/catalogue.ts";

declare const valueType: unique symbol;

/** A param of a node: its catalogue entry, with the type of its value. */
export type Param<T = unknown> = ParamSpec & { readonly [valueType]?: T };

type Details<Spec> = Omit<Spec, "kind" | "accepts">;

/** Declares params; links of the port type that a kind `accepts` may set it. */
export const param: {
  text(details: Details<TextParamSpec>): Param<string>;
  number(details: Details<NumberParamSpec>): Param<number>;
  integer(details: Details<NumberParamSpec>): Param<number>;
  boolean(details: Details<BooleanParamSpec>): Param<boolean>;
  choice<const Options extends readonly string[]>(
    details: Omit<ChoiceParamSpec, "kind" | "accepts" | "options" | "default"> & {
      readonly options: Options;
      readonly default: NoInfer<Options[number]>;
    },
  ): Param<Options[number]>;
  seed(details: Details<SeedParamSpec>): Param<number>;
  file(details: Details<FileParamSpec>): Param<string>;
} = {
  text: (details) => ({ kind: "text", accepts: "text", ...details }),
  number: (details) => ({ kind: "number", accepts: "number", ...details }),
  integer: (details) => ({ kind: "integer", accepts: "number", ...details }),
  boolean: (details) => ({ kind: "boolean", accepts: "boolean", ...details }),
  choice: (details) => ({ kind: "choice", accepts: "text", ...details }),
  seed: (details) => ({ kind: "seed", accepts: "number", ...details }),
  file: (details) => ({ kind: "file", accepts: "text", ...details }),
};

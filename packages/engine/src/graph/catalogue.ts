/** Sizes known when the graph is drawn: a number, or a name that stands for one. */
export type PortShape = readonly (number | string)[];

export interface PortSpec {
  readonly type: string;
  readonly doc: string;
  readonly optional?: boolean;
  readonly shape?: PortShape;
}

export interface TextParamSpec {
  readonly kind: "text";
  readonly default: string;
  readonly doc: string;
  readonly multiline?: boolean;
  /** @default 10000 characters */
  readonly maxLength?: number;
}

export interface NumberParamSpec {
  readonly kind: "number" | "integer";
  readonly default: number;
  readonly doc: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

export interface BooleanParamSpec {
  readonly kind: "boolean";
  readonly default: boolean;
  readonly doc: string;
}

export interface ChoiceParamSpec {
  readonly kind: "choice";
  readonly options: readonly string[];
  readonly default: string;
  readonly doc: string;
}

/** A whole number from 0 to 2^32 - 1. */
export interface SeedParamSpec {
  readonly kind: "seed";
  readonly default: number;
  readonly doc: string;
}

export interface FileParamSpec {
  readonly kind: "file";
  readonly default: string;
  readonly doc: string;
  /** Accepted name endings, as in an HTML file field: `.png,.jpg`. */
  readonly accept?: string;
  readonly purpose: "open" | "save";
}

export type ParamSpec =
  | TextParamSpec
  | NumberParamSpec
  | BooleanParamSpec
  | ChoiceParamSpec
  | SeedParamSpec
  | FileParamSpec;

/** What a node type is, as plain data: all that editors, forms and validation know of it. */
export interface NodeTypeSpec {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly doc: string;
  readonly category: string;
  readonly inputs: Readonly<Record<string, PortSpec>>;
  readonly params: Readonly<Record<string, ParamSpec>>;
  readonly outputs: Readonly<Record<string, PortSpec>>;
  /** Wanted by default when a graph runs. */
  readonly isOutput?: boolean;
}

/** Node types by their id. */
export type NodeCatalogue = Readonly<Record<string, NodeTypeSpec>>;

/** @returns the own entry `name`, never one inherited from `Object.prototype`. */
export function entryOf<T>(
  record: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

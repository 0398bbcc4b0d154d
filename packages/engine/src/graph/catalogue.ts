interface ParamBasics {
  readonly doc: string;
  /** The port type whose links may feed the param. Omitted: none. */
  readonly accepts?: string;
}

/** Sizes known when the graph is drawn: a number, or a name that stands for one. */
export type PortShape = readonly (number | string)[];

export interface PortSpec {
  /** `image`, `list of image`, `stream of image`, or a capital letter for any type. */
  readonly type: string;
  readonly doc: string;
  readonly optional?: boolean;
  readonly shape?: PortShape;
}

export interface TextParamSpec extends ParamBasics {
  readonly kind: "text";
  readonly default: string;
  readonly multiline?: boolean;
  /** @default 10000 characters */
  readonly maxLength?: number;
}

export interface NumberParamSpec extends ParamBasics {
  readonly kind: "number" | "integer";
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

export interface BooleanParamSpec extends ParamBasics {
  readonly kind: "boolean";
  readonly default: boolean;
}

export interface ChoiceParamSpec extends ParamBasics {
  readonly kind: "choice";
  readonly options: readonly string[];
  readonly default: string;
}

/** A whole number from 0 to 2^32 - 1. */
export interface SeedParamSpec extends ParamBasics {
  readonly kind: "seed";
  readonly default: number;
}

export interface FileParamSpec extends ParamBasics {
  readonly kind: "file";
  readonly default: string;
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
  /** Hands on what comes in, taking only the inputs that its params choose. */
  readonly isRoute?: boolean;
  /** The oldest version that can be brought up to this one. @default version */
  readonly oldest?: number;
  /** Type ids that older graphs have for this node. */
  readonly formerly?: readonly string[];
}

/** Node types by their id. */
export type NodeCatalogue = Readonly<Record<string, NodeTypeSpec>>;

/** Type ids that older graphs have for some of a catalogue's nodes. */
export function formerTypes(catalogue: NodeCatalogue): ReadonlySet<string> {
  return new Set(Object.values(catalogue).flatMap(({ formerly = [] }) => formerly));
}

/** @returns the own entry `name`, never one inherited from `Object.prototype`. */
export function entryOf<T>(
  record: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  const value = record?.[name];
  return record !== undefined && value !== undefined && Object.hasOwn(record, name)
    ? value
    : undefined;
}

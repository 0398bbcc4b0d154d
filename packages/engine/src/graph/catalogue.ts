interface ParamBasics {
  readonly doc: string;
  /** The port type of links that may set the param. Omitted: none. */
  readonly accepts?: string;
}

/** Sizes known before a run: a number, or a name for an unknown one. */
export type PortShape = readonly (number | string)[];

/** A port of a node type. */
export interface PortSpec {
  /** `image`, `list of image`, `stream of image`, or a capital letter for any type. */
  readonly type: string;
  readonly doc: string;
  readonly optional?: boolean;
  readonly shape?: PortShape;
}

/** A param that takes text. */
export interface TextParamSpec extends ParamBasics {
  readonly kind: "text";
  readonly default: string;
  readonly multiline?: boolean;
  /** @default 10000 characters */
  readonly maxLength?: number;
  /** A value that begins so names a folder to read: `dir:`. */
  readonly folderPrefix?: string;
}

/** A param that takes a number or a whole number. */
export interface NumberParamSpec extends ParamBasics {
  readonly kind: "number" | "integer";
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

/** A param that is on or off. */
export interface BooleanParamSpec extends ParamBasics {
  readonly kind: "boolean";
  readonly default: boolean;
}

/** A param that takes one of several options. */
export interface ChoiceParamSpec extends ParamBasics {
  readonly kind: "choice";
  readonly options: readonly string[];
  readonly default: string;
}

/** A param that takes a random seed: a whole number from 0 to 2^32 - 1. */
export interface SeedParamSpec extends ParamBasics {
  readonly kind: "seed";
  readonly default: number;
}

/** A param that takes the path of a file. */
export interface FileParamSpec extends ParamBasics {
  readonly kind: "file";
  readonly default: string;
  /** Accepted name endings, as in an HTML file field: `.png,.jpg`. */
  readonly accept?: string;
  readonly purpose: "open" | "save";
  /** What it holds besides bytes: a data set, which may be a folder, and which a page can look through. */
  readonly holds?: "data set";
}

/** A param of a node type. */
export type ParamSpec =
  | TextParamSpec
  | NumberParamSpec
  | BooleanParamSpec
  | ChoiceParamSpec
  | SeedParamSpec
  | FileParamSpec;

/** A node type as plain data: everything that editors, forms and validation know about it. */
export interface NodeTypeSpec {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly doc: string;
  readonly category: string;
  readonly inputs: Readonly<Record<string, PortSpec>>;
  readonly params: Readonly<Record<string, ParamSpec>>;
  readonly outputs: Readonly<Record<string, PortSpec>>;
  /** Runs by default when a graph runs. */
  readonly isOutput?: boolean;
  /** Forwards inputs unchanged, and evaluates only those that its params select. */
  readonly isRoute?: boolean;
  /** The oldest version that can be migrated to this one. @default version */
  readonly oldest?: number;
  /** Former type ids of this node, for older graphs. */
  readonly formerly?: readonly string[];
  /** Node types that are gone: type id -> what to use instead, as a sentence. */
  readonly replaces?: Readonly<Record<string, string>>;
}

/** Node types by their id. */
export type NodeCatalogue = Readonly<Record<string, NodeTypeSpec>>;

/** The former type ids of a catalogue's nodes. */
export function formerTypes(catalogue: NodeCatalogue): ReadonlySet<string> {
  return new Set(Object.values(catalogue).flatMap(({ formerly = [] }) => formerly));
}

/** What to use instead of node types that are gone, by type id. */
export function goneTypes(catalogue: NodeCatalogue): ReadonlyMap<string, string> {
  return new Map(Object.values(catalogue).flatMap(({ replaces = {} }) => Object.entries(replaces)));
}

/** The own entry `name` of a record, never one inherited from `Object.prototype`. */
export function entryOf<T>(
  record: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  const value = record?.[name];
  return record !== undefined && value !== undefined && Object.hasOwn(record, name)
    ? value
    : undefined;
}

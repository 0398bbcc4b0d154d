import type { XStatic } from "typebox/schema";
import type { documentSchema } from "./document-schema.ts";

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

type Schema = typeof documentSchema;
type Definitions = Schema["$defs"];
type Named<T> = Readonly<Record<string, T>>;

/** The type of a schema that refers to no other. */
type Read<S> = Readonly<XStatic<S>>;

/** An output of another node, by name; the node `$inputs` stands for the graph's own inputs. */
export type Link = Read<Definitions["link"]>;

/** What editors keep on a node; execution and cache keys ignore it. */
export type NodeUi = Read<Definitions["node"]["properties"]["ui"]> & {
  readonly [key: string]: Json | undefined;
};

interface NodeFields {
  readonly params?: JsonObject;
  readonly inputs?: Named<Link>;
  readonly ui?: NodeUi;
}

/** One node: its type, its params and its links. */
export interface GraphNode extends Omit<Read<Definitions["node"]>, keyof NodeFields>, NodeFields {}

/** A named input of a graph that sets a param of one of its nodes. */
export type ParamInput = Read<Definitions["paramInput"]>;

/** A named input of a graph that links may leave from, as outputs of the node `$inputs`. */
export type PortInput = Read<Definitions["portInput"]>;

/** A named input of a graph whose value replaces what an output of one of its nodes gives. */
export type OutputInput = Read<Definitions["outputInput"]>;

/** A named input of a graph. */
export type GraphInput = ParamInput | OutputInput | PortInput;

interface BodyFields {
  readonly nodes: Named<GraphNode>;
  readonly inputs?: Named<GraphInput>;
  readonly outputs?: Named<Link>;
  readonly ui?: JsonObject;
}

/** A graph inside a document, which nodes of type `graph:NAME` run. */
export interface Subgraph
  extends Omit<Read<Definitions["subgraph"]>, keyof BodyFields>,
    BodyFields {}

/** What a variant changes of one node. */
export interface NodeChange extends Omit<Read<Definitions["change"]>, "params"> {
  readonly params?: JsonObject;
}

/** One variant of an axis; without changes, the graph as it is. */
export interface AblationVariant {
  readonly name: string;
  readonly changes?: readonly NodeChange[];
}

/** Variants that stand in place of each other. */
export interface AblationAxis {
  readonly name: string;
  readonly variants: readonly AblationVariant[];
}

/** Names of variants by the names of their axes. */
export type AblationChoice = Named<string>;

/** Variants of a graph along named axes. */
export interface Ablation {
  readonly axes: readonly AblationAxis[];
  /** @default "product" */
  readonly combine?: "product" | "zip";
  readonly exclude?: readonly AblationChoice[];
  /** @default the first cell */
  readonly baseline?: AblationChoice;
}

interface DocumentFields extends BodyFields {
  readonly graphs?: Named<Subgraph>;
  readonly ablation?: Ablation;
}

/** A graph as it is saved. Unknown fields survive load and save. */
export interface GraphDocument extends Omit<Read<Schema>, keyof DocumentFields>, DocumentFields {}

/** What documents and subgraphs share: nodes, and named inputs and outputs. */
export type GraphBody = BodyFields;

/** The id under which a graph's own inputs appear in links. */
export const graphInputs = "$inputs";

/** Whether a graph's input is a port, not a name for something of a node. */
export function isPortInput(input: GraphInput): input is PortInput {
  return !("node" in input);
}

/** Whether a graph's input is a name for a param. */
export function isParamInput(input: GraphInput): input is ParamInput {
  return "param" in input;
}

/** Whether a graph's input is a name for a node's output. */
export function isOutputInput(input: GraphInput): input is OutputInput {
  return !isPortInput(input) && !isParamInput(input);
}

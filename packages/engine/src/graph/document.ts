import type { XStatic } from "typebox/schema";
import type { documentSchema } from "./document-schema.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

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

export type NodeUi = Read<Definitions["node"]["properties"]["ui"]> & {
  readonly [key: string]: Json | undefined;
};

interface NodeFields {
  readonly params?: JsonObject;
  readonly inputs?: Named<Link>;
  readonly ui?: NodeUi;
}

/** One node: what it is, how it is set, and where its values come from. */
export interface GraphNode extends Omit<Read<Definitions["node"]>, keyof NodeFields>, NodeFields {}

/** A named input of a graph that sets a param of one of its nodes. */
export type ParamInput = Read<Definitions["paramInput"]>;

/** A named input of a graph that links may leave from, as outputs of the node `$inputs`. */
export type PortInput = Read<Definitions["portInput"]>;

export type GraphInput = ParamInput | PortInput;

interface BodyFields {
  readonly nodes: Named<GraphNode>;
  readonly inputs?: Named<GraphInput>;
  readonly outputs?: Named<Link>;
  readonly ui?: JsonObject;
}

/** A graph that nodes of type `graph:NAME` stand for. */
export interface GraphDefinition
  extends Omit<Read<Definitions["definition"]>, keyof BodyFields>,
    BodyFields {}

interface DocumentFields extends BodyFields {
  readonly graphs?: Named<GraphDefinition>;
}

/** A graph as it is saved. Fields it does not name survive load and save. */
export interface GraphDocument extends Omit<Read<Schema>, keyof DocumentFields>, DocumentFields {}

/** What a document and a definition share: nodes, and the names they are used by. */
export type GraphBody = BodyFields;

/** The id under which a graph's own inputs appear in links. */
export const GRAPH_INPUTS = "$inputs";

export function isPortInput(input: GraphInput): input is PortInput {
  return !("node" in input);
}

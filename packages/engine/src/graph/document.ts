export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** An output of another node, by name. */
export interface Link {
  readonly node: string;
  readonly output: string;
}

export interface GraphNode {
  readonly type: string;
  readonly version: number;
  readonly params?: JsonObject;
  readonly inputs?: Readonly<Record<string, Link>>;
  /** Passes an input through to each output of the same port type instead of running. */
  readonly bypassed?: boolean;
  /** Does not run and gives nothing. */
  readonly muted?: boolean;
  /** For editors only: execution and cache keys never see it. */
  readonly ui?: NodeUi;
}

export interface NodeUi {
  readonly x?: number;
  readonly y?: number;
  readonly [key: string]: Json | undefined;
}

export interface GraphInput {
  readonly node: string;
  readonly param: string;
}

/** A graph as it is saved. Fields it does not name survive load and save. */
export interface GraphDocument {
  readonly format: "insightgraph";
  readonly version: 1;
  readonly name?: string;
  readonly nodes: Readonly<Record<string, GraphNode>>;
  readonly inputs?: Readonly<Record<string, GraphInput>>;
  readonly outputs?: Readonly<Record<string, Link>>;
  readonly ui?: JsonObject;
}

import { EngineError } from "../errors.ts";
import type { NodeCatalogue, NodeTypeSpec, PortSpec } from "../graph/catalogue.ts";
import type { NodeDefinition, Params, Ports } from "./define-node.ts";
import type { Port } from "./define-port.ts";

/** A definition whose value types are forgotten; the only place where they are. */
export type AnyNode = NodeDefinition<Ports, Params, Ports>;

/** The node types that graphs may use. */
export interface Registry {
  readonly nodes: ReadonlyMap<string, AnyNode>;
  readonly catalogue: NodeCatalogue;
}

function portSpec({ portType, doc, optional, shape }: Port): PortSpec {
  return {
    type: portType.id,
    doc,
    ...(optional ? { optional } : {}),
    ...(shape === undefined ? {} : { shape }),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** A definition as plain data. */
export function toNodeTypeSpec(node: AnyNode): NodeTypeSpec {
  return {
    type: node.type,
    version: node.version,
    title: node.title,
    doc: node.doc,
    category: node.category ?? node.type.split(".", 1).join(),
    inputs: mapValues(node.inputs, portSpec),
    params: mapValues(node.params, (spec) => ({ ...spec })),
    outputs: mapValues(node.outputs, portSpec),
    ...(node.isOutput ? { isOutput: true } : {}),
  };
}

/** Throws: `registry.duplicate`. */
export function createRegistry(definitions: readonly AnyNode[]): Registry {
  const nodes = new Map<string, AnyNode>();
  for (const node of definitions) {
    if (nodes.has(node.type)) {
      throw new EngineError("registry.duplicate", `two node types are called "${node.type}"`, {
        at: { path: node.type },
        hint: "give one of them another type id.",
      });
    }
    nodes.set(node.type, node);
  }
  const specs = [...nodes.values()].map((node) => [node.type, toNodeTypeSpec(node)] as const);
  return { nodes, catalogue: Object.fromEntries(specs) };
}

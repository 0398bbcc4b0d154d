import { EngineError } from "../errors.ts";
import type { NodeCatalogue, NodeTypeSpec, PortSpec } from "../graph/catalogue.ts";
import type { PortCatalogue } from "../graph/port-look.ts";
import { isVariable } from "../graph/port-type.ts";
import type { NodeDefinition, Params, Ports } from "./define-node.ts";
import type { Port, PortType } from "./define-port.ts";
import { oldestVersion } from "./migrate-graph.ts";

/** A definition whose value types are forgotten; the only place where they are. */
export type AnyNode = NodeDefinition<Ports, Params, Ports>;

/** The node types that graphs may use. */
export interface Registry {
  readonly nodes: ReadonlyMap<string, AnyNode>;
  readonly catalogue: NodeCatalogue;
  /** What lists and streams hold at last, and all other port types, by id. */
  readonly portTypes: ReadonlyMap<string, PortType>;
  /** The same port types as plain data. */
  readonly portCatalogue: PortCatalogue;
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
  const oldest = oldestVersion(node);
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
    ...(node.route === undefined ? {} : { isRoute: true }),
    ...(oldest === node.version ? {} : { oldest }),
    ...(node.formerly === undefined ? {} : { formerly: node.formerly }),
  };
}

function portTypesOf(nodes: Iterable<AnyNode>): Map<string, PortType> {
  const found = new Map<string, PortType>();
  for (const { inputs, outputs } of nodes) {
    for (const { portType } of [...Object.values(inputs), ...Object.values(outputs)]) {
      let inner = portType;
      while (inner.element !== undefined) inner = inner.element;
      if (!isVariable(inner.id) && !found.has(inner.id)) found.set(inner.id, inner);
    }
  }
  return found;
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
    const both = Object.keys(node.inputs).find((name) => Object.hasOwn(node.params, name));
    if (both !== undefined) {
      throw new EngineError("registry.duplicate", `an input and a param are called "${both}"`, {
        at: { path: node.type },
        hint: "links reach both by name; rename one of them.",
      });
    }
    nodes.set(node.type, node);
  }
  const specs = [...nodes.values()].map((node) => [node.type, toNodeTypeSpec(node)] as const);
  const portTypes = portTypesOf(nodes.values());
  const portSpecs = [...portTypes].map(
    ([id, { look }]) => [id, look === undefined ? {} : { look }] as const,
  );
  return {
    nodes,
    catalogue: Object.fromEntries(specs),
    portTypes,
    portCatalogue: Object.fromEntries(portSpecs),
  };
}

import { EngineError } from "../errors.ts";
import type { NodeCatalogue, NodeTypeSpec, PortSpec } from "../graph/catalogue.ts";
import { mapValues } from "../graph/map-values.ts";
import type { PortCatalogue, PortTypeSpec } from "../graph/port-look.ts";
import { isVariable } from "../graph/port-type.ts";
import type { NodeDefinition, Params, Ports } from "./define-node.ts";
import type { Port, PortType } from "./define-port.ts";
import { oldestVersion } from "./migrate-graph.ts";

/** A node definition with erased value types; the only place that erases them. */
export type AnyNode = NodeDefinition<Ports, Params, Ports>;

/** The node types that graphs may use. */
export interface Registry {
  readonly nodes: ReadonlyMap<string, AnyNode>;
  readonly catalogue: NodeCatalogue;
  /** Port types by id; of lists and streams, the innermost element type. */
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

/** A node definition as plain data. */
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
    ...(node.replaces === undefined ? {} : { replaces: node.replaces }),
  };
}

function portTypeSpec({ look, store }: PortType): PortTypeSpec {
  return {
    ...(look === undefined ? {} : { look }),
    ...(store === undefined ? { isResident: true } : {}),
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

/** Creates a registry of node types. Throws: `registry.duplicate`. */
export function createRegistry(definitions: readonly AnyNode[]): Registry {
  const nodes = new Map<string, AnyNode>();
  for (const node of definitions) {
    if (nodes.has(node.type)) {
      throw new EngineError("registry.duplicate", `two node types are called "${node.type}"`, {
        at: { path: node.type },
        hint: "Give one of them another type id.",
      });
    }
    const both = Object.keys(node.inputs).find((name) => Object.hasOwn(node.params, name));
    if (both !== undefined) {
      throw new EngineError("registry.duplicate", `an input and a param are called "${both}"`, {
        at: { path: node.type },
        hint: "Links reach both by name. Rename one of them.",
      });
    }
    nodes.set(node.type, node);
  }
  const specs = [...nodes.values()].map((node) => [node.type, toNodeTypeSpec(node)] as const);
  const portTypes = portTypesOf(nodes.values());
  const portSpecs = [...portTypes].map(([id, type]) => [id, portTypeSpec(type)] as const);
  return {
    nodes,
    catalogue: Object.fromEntries(specs),
    portTypes,
    portCatalogue: Object.fromEntries(portSpecs),
  };
}

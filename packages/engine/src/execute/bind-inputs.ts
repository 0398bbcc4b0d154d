import { contentHash, digest } from "../cache/content-key.ts";
import type { StoredValue } from "../cache/store.ts";
import { EngineError } from "../errors.ts";
import { entryOf } from "../graph/catalogue.ts";
import {
  type GraphDocument,
  isOutputInput,
  isParamInput,
  isPortInput,
  type Json,
} from "../graph/document.ts";
import { setParam } from "../graph/edit-graph.ts";
import { namesHint } from "../graph/nearest-name.ts";
import { openOutputInputs } from "../graph/open-output-inputs.ts";
import { containerOf, elementOf } from "../graph/port-type.ts";
import { resolveTypes } from "../graph/resolve-types.ts";
import { sortGraph } from "../graph/sort-graph.ts";
import { catalogueFor } from "../graph/subgraphs.ts";
import type { Registry } from "../node/registry.ts";
import { listValue, type Value } from "./value.ts";

/** A graph whose named inputs have values. */
export interface BoundGraph {
  /** With the params set that inputs name, and the outputs that inputs replace as ports. */
  readonly graph: GraphDocument;
  /** Values of the graph's input ports, by name. */
  readonly values: Readonly<Record<string, Value>>;
}

function toValue(value: unknown, type: string, portTypes: Registry["portTypes"]): StoredValue {
  if (containerOf(type) === "list" && Array.isArray(value)) {
    const element = elementOf(type);
    return listValue(
      value.map((item) => toValue(item, element, portTypes)),
      element,
    );
  }
  const behaviour = portTypes.get(type);
  const hash =
    behaviour === undefined
      ? digest([type, crypto.randomUUID()])
      : contentHash(behaviour, value, "input", undefined);
  return { value, hash, portType: type };
}

/** The graph with its outputs that a caller replaces as ports; those of unknown type are left to validation. */
function openGiven(
  graph: GraphDocument,
  names: readonly string[],
  { catalogue }: Registry,
): GraphDocument {
  const isReplaced = (name: string): boolean => {
    const input = entryOf(graph.inputs, name);
    return input !== undefined && isOutputInput(input);
  };
  const given = names.filter(isReplaced);
  if (given.length === 0) return graph;
  const known = catalogueFor(graph, catalogue);
  const { typeOf } = resolveTypes(graph, known, sortGraph(graph).order);
  return openOutputInputs(graph, given, typeOf);
}

/** The graph with the params set that inputs name. Throws: `graph.unknown-port`. */
function setParams(
  document: GraphDocument,
  inputs: Readonly<Record<string, unknown>>,
): GraphDocument {
  let graph = document;
  for (const [name, value] of Object.entries(inputs)) {
    const input = entryOf(document.inputs, name);
    const at = { path: `inputs.${name}` };
    if (input === undefined) {
      const hint = namesHint(name, Object.keys(document.inputs ?? {}));
      throw new EngineError("graph.unknown-port", `the graph has no input "${name}"`, { at, hint });
    }
    if (isParamInput(input)) graph = setParam(graph, input.node, input.param, value as Json);
  }
  return graph;
}

/**
 * Binds values to a graph's named inputs.
 * Throws: `graph.unknown-port`, `node.bad-input` where a list or stream is not an array.
 */
export function bindInputs(
  document: GraphDocument,
  inputs: Readonly<Record<string, unknown>>,
  registry: Registry,
): BoundGraph {
  const graph = openGiven(setParams(document, inputs), Object.keys(inputs), registry);
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(inputs)) {
    const input = entryOf(graph.inputs, name);
    if (input === undefined || !isPortInput(input)) continue;
    const at = { path: `inputs.${name}` };
    const container = containerOf(input.type);
    if (container !== undefined && !Array.isArray(value)) {
      const hint = "Give an array of values.";
      throw new EngineError("node.bad-input", `the input takes a ${container}`, { at, hint });
    }
    const type = container === undefined ? input.type : `list of ${elementOf(input.type)}`;
    values[name] = toValue(value, type, registry.portTypes);
  }
  return { graph, values };
}

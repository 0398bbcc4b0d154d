import { contentHash, digest } from "../cache/content-key.ts";
import type { StoredValue } from "../cache/store.ts";
import { EngineError } from "../errors.ts";
import { entryOf } from "../graph/catalogue.ts";
import { type GraphDocument, isPortInput, type Json } from "../graph/document.ts";
import { setParam } from "../graph/edit-graph.ts";
import { namesHint } from "../graph/nearest-name.ts";
import { containerOf, elementOf } from "../graph/port-type.ts";
import type { Registry } from "../node/registry.ts";
import { listValue, type Value } from "./value.ts";

/** A graph whose named inputs have values. */
export interface BoundGraph {
  /** With the params set that inputs name. */
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

/**
 * Binds values to a graph's named inputs.
 * Throws: `graph.unknown-port`, `node.bad-input` where a list or stream is not an array.
 */
export function bindInputs(
  document: GraphDocument,
  inputs: Readonly<Record<string, unknown>>,
  { portTypes }: Registry,
): BoundGraph {
  let graph = document;
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(inputs)) {
    const input = entryOf(document.inputs, name);
    const at = { path: `inputs.${name}` };
    if (input === undefined) {
      const hint = namesHint(name, Object.keys(document.inputs ?? {}));
      throw new EngineError("graph.unknown-port", `the graph has no input "${name}"`, { at, hint });
    }
    if (!isPortInput(input)) {
      graph = setParam(graph, input.node, input.param, value as Json);
      continue;
    }
    const container = containerOf(input.type);
    if (container !== undefined && !Array.isArray(value)) {
      const hint = "Give an array of values.";
      throw new EngineError("node.bad-input", `the input takes a ${container}`, { at, hint });
    }
    const type = container === undefined ? input.type : `list of ${elementOf(input.type)}`;
    values[name] = toValue(value, type, portTypes);
  }
  return { graph, values };
}

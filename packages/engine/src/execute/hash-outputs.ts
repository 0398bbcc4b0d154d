import { contentHash, digest } from "../cache/content-key.ts";
import type { StoredValue } from "../cache/store.ts";
import { EngineError } from "../errors.ts";
import { containerOf, elementOf, innermostOf } from "../graph/port-type.ts";
import type { PortType } from "../node/define-port.ts";
import type { AnyNode } from "../node/registry.ts";
import { listValue } from "./value.ts";

/** Port types by id. */
export type PortTypes = ReadonlyMap<string, PortType>;

function badOutput(definition: AnyNode, what: string): EngineError {
  return new EngineError("node.bad-output", `"${definition.type}" returned ${what}`, {
    hint: "This is a bug in the node. Please report it.",
  });
}

/** The values that a node returned, by output; optional ones may be missing. Throws: `node.bad-output`. */
export function checkOutputs(definition: AnyNode, returned: unknown): Record<string, unknown> {
  const values = typeof returned === "object" && returned !== null ? returned : {};
  const outputs: Record<string, unknown> = {};
  for (const [name, port] of Object.entries(definition.outputs)) {
    const value: unknown = Object.hasOwn(values, name) ? Reflect.get(values, name) : undefined;
    if (value !== undefined) outputs[name] = value;
    else if (!port.optional) throw badOutput(definition, `no "${name}"`);
  }
  return outputs;
}

interface Producer {
  readonly definition: AnyNode;
  readonly output: string;
  /** Key of the result; undefined where it is not reproducible. */
  readonly key: string | undefined;
  readonly portTypes: PortTypes;
}

/** A value with its content hash; list items are hashed one by one. Throws: `node.bad-output`. */
export function hashValue(
  value: unknown,
  type: string,
  { definition, output, key, portTypes }: Producer,
): StoredValue {
  const hashed = (inner: unknown, portType: string, name: string): StoredValue => {
    if (containerOf(portType) !== "list") {
      const behaviour = portTypes.get(portType) ?? definition.outputs[output]?.portType;
      if (behaviour === undefined) {
        throw badOutput(definition, `a value of unknown type "${portType}"`);
      }
      return { value: inner, hash: contentHash(behaviour, inner, name, key), portType };
    }
    if (!Array.isArray(inner)) throw badOutput(definition, `no list as "${output}"`);
    const element = elementOf(portType);
    const items = inner.map((item, at) => hashed(item, element, `${name}.${at}`));
    return listValue(items, element);
  };
  return hashed(value, type, output);
}

/**
 * The hash of an output that is known before its node runs: its port type has no content hash,
 * so the node's key identifies it.
 */
export function hashByKey(
  type: string,
  output: string,
  key: string,
  portTypes: PortTypes,
): string | undefined {
  const container = containerOf(type);
  if (container === "stream") return digest([type, key, output]);
  const behaviour = portTypes.get(innermostOf(type));
  if (container !== undefined || behaviour === undefined) return undefined;
  return behaviour.hash === undefined ? digest([type, key, output]) : undefined;
}

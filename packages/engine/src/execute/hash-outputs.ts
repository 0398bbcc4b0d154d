import { contentHash, digest } from "../cache/content-key.ts";
import type { StoredValue } from "../cache/store.ts";
import { EngineError } from "../errors.ts";
import { containerOf, elementOf, innermostOf } from "../graph/port-type.ts";
import type { PortType } from "../node/define-port.ts";
import type { AnyNode } from "../node/registry.ts";
import { listValue } from "./value.ts";

export type PortTypes = ReadonlyMap<string, PortType>;

function faulty(definition: AnyNode, what: string): EngineError {
  return new EngineError("node.bad-output", `"${definition.type}" gave ${what}`, {
    hint: "this is a fault of the node; please report it.",
  });
}

/** The values that a node gave, by output; what it may leave out is left out. Throws: `node.bad-output`. */
export function checkOutputs(definition: AnyNode, given: unknown): Record<string, unknown> {
  const values = typeof given === "object" && given !== null ? given : {};
  const outputs: Record<string, unknown> = {};
  for (const [name, port] of Object.entries(definition.outputs)) {
    const value: unknown = Object.hasOwn(values, name) ? Reflect.get(values, name) : undefined;
    if (value !== undefined) outputs[name] = value;
    else if (!port.optional) throw faulty(definition, `no "${name}"`);
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

/** A value with the hash of its content; lists get one for each item too. Throws: `node.bad-output`. */
export function hashValue(
  value: unknown,
  type: string,
  { definition, output, key, portTypes }: Producer,
): StoredValue {
  const hashed = (inner: unknown, portType: string, name: string): StoredValue => {
    if (containerOf(portType) !== "list") {
      const behaviour = portTypes.get(portType) ?? definition.outputs[output]?.portType;
      if (behaviour === undefined)
        throw faulty(definition, `a value of unknown type "${portType}"`);
      return { value: inner, hash: contentHash(behaviour, inner, name, key), portType };
    }
    if (!Array.isArray(inner)) throw faulty(definition, `no list as "${output}"`);
    const element = elementOf(portType);
    const items = inner.map((item, at) => hashed(item, element, `${name}.${at}`));
    return listValue(items, element);
  };
  return hashed(value, type, output);
}

/**
 * The hash of an output that is known before its node has run: its port type has no hash of its
 * own, so that the key of the node says what it is.
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

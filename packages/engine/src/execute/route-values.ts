import { EngineError } from "../errors.ts";
import type { AnyNode } from "../node/registry.ts";
import type { StepSettings } from "./fed-settings.ts";
import type { Scope } from "./running.ts";
import type { Step } from "./step.ts";
import type { Value, ValuesByName } from "./value.ts";

/** The input that each output hands on. Throws: `node.bad-input` where nothing is connected. */
export function chosenInputs(
  definition: AnyNode,
  settings: StepSettings,
  inputs: Readonly<Record<string, unknown>>,
): [string, string][] {
  const chosen = definition.route?.(settings, new Set(Object.keys(inputs))) ?? {};
  return Object.entries(chosen).flatMap(([output, input]): [string, string][] => {
    const name = String(input);
    if (inputs[name] !== undefined) return [[output, name]];
    if (definition.outputs[output]?.optional) return [];
    throw new EngineError("node.bad-input", `"${name}" is chosen, but nothing is connected there`, {
      at: { path: `inputs.${name}` },
      hint: `connect "${name}", or choose another input.`,
    });
  });
}

/** What a routing node hands on of the values it is given. */
export function routed(
  definition: AnyNode,
  settings: StepSettings,
  inputs: ValuesByName,
): ValuesByName {
  const outputs: Record<string, Value> = {};
  for (const [output, name] of chosenInputs(definition, settings, inputs)) {
    const value = inputs[name];
    if (value !== undefined) outputs[output] = value;
  }
  return outputs;
}

/** Tells of a node that handed something on. */
export function tellRouted({ nodeId }: Step, outputs: ValuesByName, { emit }: Scope): void {
  const hashes = Object.entries(outputs).map(([name, { hash }]) => [name, hash] as const);
  const digests = Object.fromEntries(hashes);
  emit?.({ type: "node-started", nodeId });
  emit?.({ type: "node-finished", nodeId, cached: false, ms: 0, previews: {}, digests });
}

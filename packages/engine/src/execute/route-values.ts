import { EngineError } from "../errors.ts";
import type { AnyNode } from "../node/registry.ts";
import type { Step } from "../plan/step.ts";
import type { StepSettings } from "./linked-settings.ts";
import type { RunScope } from "./run-state.ts";
import type { Value, ValuesByName } from "./value.ts";

/** The input that each output forwards, as pairs. Throws: `node.bad-input` where nothing is connected. */
export function selectInputs(
  definition: AnyNode,
  settings: StepSettings,
  inputs: Readonly<Record<string, unknown>>,
): [string, string][] {
  const selected = definition.route?.(settings, new Set(Object.keys(inputs))) ?? {};
  return Object.entries(selected).flatMap(([output, input]): [string, string][] => {
    const name = String(input);
    if (inputs[name] !== undefined) return [[output, name]];
    if (definition.outputs[output]?.optional) return [];
    throw new EngineError(
      "node.bad-input",
      `"${name}" is selected, but nothing is connected to it`,
      {
        at: { path: `inputs.${name}` },
        hint: `Connect "${name}", or select another input.`,
      },
    );
  });
}

/** The outputs of a routing node: the inputs that it selects. */
export function routeValues(
  definition: AnyNode,
  settings: StepSettings,
  inputs: ValuesByName,
): ValuesByName {
  const outputs: Record<string, Value> = {};
  for (const [output, name] of selectInputs(definition, settings, inputs)) {
    const value = inputs[name];
    if (value !== undefined) outputs[output] = value;
  }
  return outputs;
}

/** Emits the start and the end of a routing node. */
export function emitRouted({ nodeId }: Step, outputs: ValuesByName, { emit }: RunScope): void {
  const hashes = Object.entries(outputs).map(([name, { hash }]) => [name, hash] as const);
  const digests = Object.fromEntries(hashes);
  emit?.({ type: "node-started", nodeId });
  emit?.({ type: "node-finished", nodeId, cached: false, ms: 0, previews: {}, digests });
}

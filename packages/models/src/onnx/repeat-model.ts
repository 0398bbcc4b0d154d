import type { ModelMessage, NodeMessage, ValueMessage } from "./wire.ts";

/** How the turns of a loop are joined. */
export interface Repetition {
  /** Inputs that carry an output of the turn before, by the output's name; the first turn gets what is fed. */
  readonly carried: Readonly<Record<string, string>>;
  /** Inputs that are the same in every turn. All others are stacked, one slice a turn. */
  readonly shared: readonly string[];
}

const inside = "turn/";
const [iteration, condition] = [`${inside}iteration`, `${inside}condition`];

const named = <T extends { readonly name: string }>(items: readonly T[], name: string): T => {
  const found = items.find((item) => item.name === name);
  if (found === undefined) throw new RangeError(`the model has no ${name}`);
  return found;
};

const stacked = (value: ValueMessage): ValueMessage => ({
  ...value,
  shape: ["turns", ...value.shape],
});

const single = (name: string, dtype: "int64" | "bool"): ValueMessage => ({
  name,
  dtype,
  shape: [],
});

function gather(input: string, to: string): NodeMessage {
  return {
    op: "Gather",
    name: `${to}/of-turn`,
    inputs: [input, iteration],
    outputs: [to],
    attributes: { axis: 0 },
  };
}

/**
 * A model whose one run makes `turns` (an input, int64 []) turns of another by ONNX's Loop, so that what is carried
 * stays where the provider keeps it. Outputs that are not carried come stacked.
 */
export function repeatModel(model: ModelMessage, { carried, shared }: Repetition): ModelMessage {
  const kept = new Set(["", ...shared]);
  const within = (name: string): string => (kept.has(name) ? name : `${inside}${name}`);
  const rename = <T extends { readonly name: string }>(item: T): T => ({
    ...item,
    name: within(item.name),
  });
  const carriedInputs = Object.keys(carried).map((name) => named(model.inputs, name));
  const carriedOutputs = Object.values(carried).map((name) => named(model.outputs, name));
  const rest = model.inputs.filter(({ name }) => !(name in carried) && !kept.has(name));
  const scanned = model.outputs.filter((output) => !carriedOutputs.includes(output));
  const body: ModelMessage = {
    name: model.name,
    nodes: [
      ...rest.map(({ name }) => gather(name, within(name))),
      ...model.nodes.map((node) => ({
        ...rename(node),
        inputs: node.inputs.map(within),
        outputs: node.outputs.map(within),
      })),
      {
        op: "Identity",
        name: `${condition}/Identity`,
        inputs: [condition],
        outputs: [`${condition}.next`],
        attributes: {},
      },
    ],
    initializers: model.initializers.map(rename),
    inputs: [single(iteration, "int64"), single(condition, "bool"), ...carriedInputs.map(rename)],
    outputs: [single(`${condition}.next`, "bool"), ...[...carriedOutputs, ...scanned].map(rename)],
  };
  const loop: NodeMessage = {
    op: "Loop",
    name: "turns/Loop",
    inputs: ["turns", "", ...Object.keys(carried)],
    outputs: [...carriedOutputs, ...scanned].map(({ name }) => name),
    attributes: { body: { graph: body } },
  };
  return {
    name: model.name,
    nodes: [loop],
    initializers: [],
    inputs: [
      single("turns", "int64"),
      ...carriedInputs,
      ...model.inputs.filter(({ name }) => shared.includes(name)),
      ...rest.map(stacked),
    ],
    outputs: [...carriedOutputs, ...scanned.map(stacked)],
  };
}

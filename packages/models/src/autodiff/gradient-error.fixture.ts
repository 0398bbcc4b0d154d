import { constant, type Tensor } from "../onnx/graph.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import { reduceSum } from "../onnx/ops/reduce.ts";
import { numbers, openGraph, type Values } from "../onnx/run-graph.fixture.ts";
import { knownCount } from "../onnx/shape.ts";
import { gradients } from "./reverse.ts";

export interface GradientErrors {
  /** By input or weight: the error of the slope along a direction, over the length of the gradient or 1. */
  readonly errors: Readonly<Record<string, number>>;
  /** Inputs and weights that no gradient reached. */
  readonly unreached: readonly string[];
}

const sum = (values: readonly number[] = []): number => values.reduce((a, b) => a + b, 0);

/**
 * Compares the gradients of a weighted sum of the outputs with differences of fourth order, along one
 * direction of signs for each input and weight of the outputs' graph.
 */
export async function gradientErrors(
  outputs: readonly Tensor[],
  values: Values,
  width = 5e-3,
): Promise<GradientErrors> {
  const graph = (outputs[0] as Tensor).graph;
  const wanted = [...graph.inputs, ...[...graph.weights.values()].map(({ tensor }) => tensor)];
  const floats = wanted.filter(({ dtype }) => dtype !== "int64");
  const terms = outputs.map((output, at) =>
    mul(output, constant(graph, numbers(knownCount(output.shape), 50 + at), output.shape)),
  );
  const loss = terms.map((term) => reduceSum(term)).reduce((a, b) => add(a, b));
  const shown = Object.fromEntries(terms.map((term, at) => [`terms${at}`, term]));
  const slopes = gradients(loss, floats);
  const reached = floats.flatMap((tensor, at) => {
    const slope = slopes[at];
    return slope === undefined ? [] : [[`d:${tensor.name}`, slope] as const];
  });
  const backward = await openGraph(graph, Object.fromEntries(reached));
  const found = await backward.run(values);
  await backward.close();

  const forward = await openGraph(graph, shown);
  // The sum is taken in double precision, or rounding would hide small slopes.
  const lossAt = async (name: string, moved: readonly number[]): Promise<number> =>
    Object.values(await forward.run({ ...values, [name]: moved })).reduce((n, x) => n + sum(x), 0);

  const errors: Record<string, number> = {};
  for (const [index, { name }] of floats.entries()) {
    const gradient = found[`d:${name}`];
    if (gradient === undefined) continue;
    const point = Array.from(values[name] ?? []);
    const signs = numbers(point.length, 70 + index).map(Math.sign);
    const at = (step: number): Promise<number> =>
      lossAt(
        name,
        point.map((value, i) => value + step * width * (signs[i] ?? 0)),
      );
    const near = (await at(1)) - (await at(-1));
    const far = (await at(2)) - (await at(-2));
    const measured = (8 * near - far) / (12 * width);
    const slope = sum(gradient.map((value, i) => value * (signs[i] ?? 0)));
    errors[name] = Math.abs(measured - slope) / Math.max(1, Math.hypot(...gradient));
  }
  await forward.close();
  const unreached = floats.map(({ name }) => name).filter((name) => !(name in errors));
  return { errors, unreached };
}

/** The worst of the errors, and where it is. */
export function worstOf({ errors }: GradientErrors): readonly [string, number] {
  return Object.entries(errors).reduce<readonly [string, number]>(
    (worst, one) => (one[1] <= worst[1] ? worst : one),
    ["", 0],
  );
}

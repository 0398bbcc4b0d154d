import { describe, expect, test } from "vitest";
import { createGraph, declareInput } from "../onnx/graph.ts";
import { numbers, openGraph } from "../onnx/run-graph.fixture.ts";
import { type AdamWOptions, adamW } from "./adam-w.ts";

const size = 6;
const vectors = ["parameters", "first", "second"] as const;

interface Moments {
  readonly parameters: readonly number[];
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** Algorithm 2 of the paper, in double precision, with the gradient's length clipped. */
function byHand(
  { parameters, first, second }: Moments,
  gradient: readonly number[],
  {
    step,
    rate,
    beta1,
    beta2,
    epsilon,
    weightDecay,
    clip,
  }: Record<string, number> & {
    readonly step: number;
  },
): Moments {
  const [b1 = 0, b2 = 0] = [beta1, beta2];
  const clipped = gradient.map((g) => g * Math.min(1, (clip ?? 0) / Math.hypot(...gradient)));
  const m = first.map((value, at) => b1 * value + (1 - b1) * (clipped[at] ?? 0));
  const v = second.map((value, at) => b2 * value + (1 - b2) * (clipped[at] ?? 0) ** 2);
  const moved = parameters.map((value, at) => {
    const mean = (m[at] ?? 0) / (1 - b1 ** step);
    const spread = Math.sqrt((v[at] ?? 0) / (1 - b2 ** step)) + (epsilon ?? 0);
    return value - (rate ?? 0) * (mean / spread + (weightDecay ?? 0) * value);
  });
  return { parameters: moved, first: m, second: v };
}

const usual = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01, clip: 1 };

async function compare(options: AdamWOptions, gradientSize: number): Promise<number> {
  const graph = createGraph();
  const parameters = declareInput(graph, "parameters", [size]);
  const pace = { step: declareInput(graph, "step", [1]), rate: declareInput(graph, "rate", [1]) };
  const step = adamW(parameters, declareInput(graph, "gradient", [size]), pace, options);
  const opened = await openGraph(graph, {
    "parameters.next": step.parameters,
    "first.next": step.first,
    "second.next": step.second,
    norm: step.norm,
  });
  let wanted: Moments = {
    parameters: numbers(size, 1),
    first: Array(size).fill(0),
    second: Array(size).fill(0),
  };
  let found: Record<string, readonly number[]> = { ...wanted };
  let worst = 0;
  for (let t = 1; t <= 6; t++) {
    const rate = 0.1 / t;
    const gradient = numbers(size, 10 + t).map((value) => value * gradientSize);
    const next = await opened.run({ ...found, gradient, step: [t - 1], rate: [rate] });
    found = Object.fromEntries(vectors.map((name) => [name, next[`${name}.next`] ?? []]));
    wanted = byHand(wanted, gradient, { ...options, step: t, rate });
    expect(next["norm"]?.[0]).toBeCloseTo(Math.hypot(...gradient), 4);
    for (const name of vectors) {
      wanted[name].forEach((value, at) => {
        worst = Math.max(worst, Math.abs(value - (found[name]?.[at] ?? Number.NaN)));
      });
    }
  }
  await opened.close();
  return worst;
}

// Six steps in single precision on numbers near 1.
const tolerance = 2e-6;

describe("adamW", () => {
  test("is the published algorithm while gradients are short", async () => {
    expect(await compare(usual, 0.2)).toBeLessThan(tolerance);
  });

  test("clips long gradients before the moments see them", async () => {
    expect(await compare(usual, 50)).toBeLessThan(tolerance);
  });

  test("takes its settings", async () => {
    const options = { beta1: 0.5, beta2: 0.75, epsilon: 0.1, weightDecay: 0.5, clip: 0.25 };
    expect(await compare(options, 1)).toBeLessThan(tolerance);
  });

  test("stays still on a zero gradient but for the decay", async () => {
    expect(await compare(usual, 0)).toBeLessThan(tolerance);
  });
});

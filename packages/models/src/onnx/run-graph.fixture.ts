import { openSession } from "@insightgraph/engine/runtime";
import { Float16Array } from "@petamoriken/float16";
import { emitGraph } from "./emit.ts";
import type { Graph, Init, Shape, Tensor } from "./graph.ts";
import { knownCount } from "./shape.ts";

/** Numbers by the name of an input or a weight, row-major. */
export type Values = Readonly<Record<string, ArrayLike<number>>>;

/** A fixed stream of numbers in [-1, 1], never near 0, where relu has no slope. */
export function numbers(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, at) => {
    const wave = Math.sin((at + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    const unit = 2 * (wave - Math.floor(wave)) - 1;
    return Math.abs(unit) < 0.1 ? unit + 0.3 : unit;
  });
}

/** The shape with its one named size chosen so that it holds `count` elements. */
function shapeOf(shape: Shape, count: number): number[] {
  const known = knownCount(shape.filter((size) => typeof size === "number"));
  return shape.map((size) => (typeof size === "number" ? size : count / known));
}

function typedArray(dtype: Tensor["dtype"], values: ArrayLike<number>) {
  if (dtype === "int64") return BigInt64Array.from(Array.from(values, BigInt));
  if (dtype === "float16") return new Uint16Array(Float16Array.from(Array.from(values)).buffer);
  return dtype === "float64" ? Float64Array.from(values) : Float32Array.from(values);
}

export interface OpenedGraph {
  /** Values that the graph does not read are passed over. */
  run(values: Values): Promise<Readonly<Record<string, number[]>>>;
  close(): Promise<void>;
}

/** Opens a built graph in ONNX Runtime, its weights being inputs. */
export async function openGraph(
  graph: Graph,
  outputs: Readonly<Record<string, Tensor>>,
): Promise<OpenedGraph> {
  const session = await openSession(emitGraph(graph, outputs), { threads: 1 });
  const weights = [...graph.weights.values()].map(({ tensor }) => tensor);
  const wanted = [...graph.inputs, ...weights].filter(({ name }) => session.inputs.includes(name));
  return {
    async run(values) {
      const feeds = wanted.map(({ name, dtype, shape }) => {
        const given = values[name];
        if (given === undefined) throw new RangeError(`no value for ${name}`);
        const data = typedArray(dtype, given);
        return [name, { dtype, shape: shapeOf(shape, given.length), data }] as const;
      });
      const found = await session.run(Object.fromEntries(feeds));
      const entries = Object.entries(found).map(([name, { data }]) => [
        name,
        Array.from(data, Number),
      ]);
      return Object.fromEntries(entries);
    },
    close: () => session.close(),
  };
}

/** Runs a built graph once in ONNX Runtime. */
export async function runGraph(
  graph: Graph,
  outputs: Readonly<Record<string, Tensor>>,
  values: Values,
): Promise<Readonly<Record<string, number[]>>> {
  const opened = await openGraph(graph, outputs);
  const found = await opened.run(values);
  await opened.close();
  return found;
}

/** Runs a graph with the one output `y`. */
export async function runTensor(y: Tensor, values: Values): Promise<readonly number[]> {
  const { y: found = [] } = await runGraph(y.graph, { y }, values);
  return found;
}

function drawn(graph: Graph, seed: number, scale: (init: Init, unit: number) => number): Values {
  const entries = [...graph.weights].map(([path, { tensor, init }], index) => [
    path,
    numbers(knownCount(tensor.shape), seed + index).map((unit) => scale(init, unit)),
  ]);
  return Object.fromEntries(entries);
}

/** Weights as training begins with them: filled ones exactly so. */
export function beginningWeights(graph: Graph, seed = 1): Values {
  return drawn(graph, seed, (init, unit) => ("fill" in init ? init.fill : unit * init.std));
}

/** Weights as after some training: none is at its beginning, none is 0. */
export function trainedWeights(graph: Graph, seed = 1): Values {
  return drawn(graph, seed, (init, unit) =>
    "fill" in init ? init.fill + 0.4 * unit : 1.5 * unit * Math.max(init.std, 0.1),
  );
}

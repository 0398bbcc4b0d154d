import { openSession } from "../../../../packages/engine/src/runtime.ts";
import {
  buildNetwork,
  type LoweringTarget,
  type Network,
  normalArray,
  type TensorValues,
  type WeightMap,
} from "../../../../packages/models/src/index.ts";
import { emitGraph } from "../../../../packages/models/src/onnx/emit.ts";
import { lowerGraph } from "../../../../packages/models/src/onnx/lower/lower-graph.ts";
import { relativeError } from "../../../parity/read-fixture.ts";

/** One network with all that running it takes. */
export interface Case<
  Config,
  Input extends string = string,
  Output extends string = string,
  Optional extends string = never,
> {
  readonly network: Network<Config, Input, Output, Optional>;
  readonly config: Config;
  readonly weights: WeightMap;
  readonly feeds: TensorValues;
  /** @default "" */
  readonly prefix?: string;
}

/** Standard normal numbers as a tensor that a session takes. */
export function normalTensor(shape: readonly number[], seed: number) {
  const count = shape.reduce((product, size) => product * size, 1);
  return { dtype: "float32" as const, shape, data: normalArray(count, seed) };
}

async function outputsOn<C, I extends string, O extends string, P extends string>(
  { network, config, weights, feeds, prefix = "" }: Case<C, I, O, P>,
  target: LoweringTarget,
): Promise<TensorValues> {
  const built = buildNetwork(network, config, prefix);
  const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
  const session = await openSession(emitGraph(graph, outputs, { weights }), {
    provider: target.provider,
  });
  const known = Object.entries(feeds).filter(([name]) => session.inputs.includes(name));
  const found = await session.run(Object.fromEntries(known));
  await session.close();
  return found;
}

/** The greatest relative error, over all outputs, of a target's results to those of the CPU in float32. */
export async function errorToCpu<C, I extends string, O extends string, P extends string>(
  given: Case<C, I, O, P>,
  target: LoweringTarget,
): Promise<number> {
  const wanted = await outputsOn(given, { provider: "cpu" });
  const found = await outputsOn(given, target);
  const errors = Object.entries(wanted).map(([name, { data }]) =>
    relativeError(Array.from(found[name]?.data ?? [], Number), Array.from(data, Number)),
  );
  return Math.max(...errors);
}

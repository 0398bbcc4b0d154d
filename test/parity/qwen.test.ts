import { describe, expect, test } from "vitest";
import { chooseToken } from "../../packages/editing/src/architectures/qwen/choose-token.ts";
import { generateIds } from "../../packages/editing/src/architectures/qwen/generate-ids.ts";
import { patchPlaces } from "../../packages/editing/src/architectures/qwen/picture-patches.ts";
import {
  causalView,
  featureRows,
  tokenPlaces,
} from "../../packages/editing/src/architectures/qwen/token-places.ts";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { buildNetwork, type Network } from "../../packages/models/src/networks/define-network.ts";
import { parseQwenConfig } from "../../packages/models/src/networks/qwen-config.ts";
import { qwenStates, qwenStep } from "../../packages/models/src/networks/qwen-text.ts";
import { qwenVision } from "../../packages/models/src/networks/qwen-vision.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import { lowerGraph } from "../../packages/models/src/onnx/lower/lower-graph.ts";
import type { TensorValue } from "../../packages/models/src/train/tensor-value.ts";
import { formulaWeights } from "./formula-weights.ts";
import { parityTargets, readFixture, relativeError } from "./read-fixture.ts";

type Target = (typeof parityTargets)[number];
type Values = Readonly<Record<string, TensorValue>>;

/** A network on formula weights, open for a target. */
async function open<Config, Input extends string, Output extends string>(
  network: Network<Config, Input, Output>,
  config: Config,
  target: Target,
) {
  const built = buildNetwork(network, config);
  const weights = formulaWeights(built.graph);
  const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
  return openSession(emitGraph(graph, outputs, { weights }), { threads: 1 });
}

async function run<Config, Input extends string, Output extends string>(
  network: Network<Config, Input, Output>,
  config: Config,
  feeds: Values,
  target: Target,
): Promise<Values> {
  const session = await open(network, config, target);
  const found = await session.run(feeds);
  await session.close();
  return found;
}

const differenceOf = (found: TensorValue | undefined, wanted: TensorValue | undefined): number =>
  relativeError(Array.from(found?.data ?? [], Number), Array.from(wanted?.data ?? [], Number));

const idsOf = (value: TensorValue | undefined): number[] => Array.from(value?.data ?? [], Number);

async function picture(name: string) {
  const fixture = await readFixture("qwen", name);
  const config = parseQwenConfig(fixture.config);
  const { vision } = config;
  if (vision === undefined) throw new Error("the fixture reads pictures");
  const { rows, columns } = fixture.options as { readonly rows: number; readonly columns: number };
  const ids = idsOf(fixture.inputs["ids"]);
  const grid = { rows: rows / vision.merge, columns: columns / vision.merge };
  const { positions, next } = tokenPlaces(ids, config.imageToken, [grid]);
  const input = { text: config.text, deepLayers: vision.deepLayers.length };
  const { imageToken } = config;
  return { fixture, vision, ids, imageToken, positions, next, input, rows, columns };
}

describe("Qwen3-VL against transformers", () => {
  test.each(["wide-picture", "tall-picture"])("[N13] tower and states of a %s", async (name) => {
    const { fixture, vision, ids, imageToken, positions, input, rows, columns } =
      await picture(name);
    const { patches, ids: idsInput } = fixture.inputs as Record<"patches" | "ids", TensorValue>;
    for (const target of parityTargets) {
      const feeds = { patches, ...patchPlaces({ rows, columns }, vision) };
      const seen = await run(qwenVision, vision, feeds, target);
      for (const [output, value] of Object.entries(seen)) {
        expect(differenceOf(value, fixture.outputs[output])).toBeLessThan(target.limit);
      }
      const places = featureRows(ids, imageToken);
      const reading = { ...seen, places, ids: idsInput, positions, mask: causalView(ids.length) };
      for (const layer of [1, 2, 4]) {
        const { states } = await run(qwenStates, { ...input, states: [layer] }, reading, target);
        const wanted = fixture.outputs[`state.${layer}`];
        expect(differenceOf(states, wanted)).toBeLessThan(target.limit);
      }
    }
  });

  test.each(["wide-picture", "tall-picture"])("[N14] 64 tokens after a %s", async (name) => {
    const { fixture, vision, ids, imageToken, positions, next, input, rows, columns } =
      await picture(name);
    const target = { provider: "cpu", limit: 1e-4 } as const;
    const { patches } = fixture.inputs as Record<"patches", TensorValue>;
    const feeds = { patches, ...patchPlaces({ rows, columns }, vision) };
    const seen = await run(qwenVision, vision, feeds, target);
    const session = await open(qwenStep, input, target);
    const pictures = { ...seen, places: featureRows(ids, imageToken) };
    const prompt = { ids, positions, next, pictures };
    const made: number[] = [];
    for await (const id of generateIds(session, input.text, prompt, (logits) => {
      if (made.length === 0) {
        const logitsValue = { dtype: "float32", shape: [1, 97], data: logits } as const;
        expect(differenceOf(logitsValue, fixture.outputs["logits"])).toBeLessThan(1e-4);
      }
      return chooseToken(logits, { temperature: 0, topP: 1 }, () => 0);
    })) {
      if (made.push(id) === 64) break;
    }
    await session.close();
    expect(made).toEqual(idsOf(fixture.outputs["made"]));
  });

  test("[N13][N14] Qwen3 alone: three layers' states of a padded text, and 64 tokens", async () => {
    const fixture = await readFixture("qwen", "text-alone");
    const { words, states } = fixture.options as { words: number; states: number[] };
    const { text } = parseQwenConfig(fixture.config);
    const ids = idsOf(fixture.inputs["ids"]);
    const { positions } = tokenPlaces(ids, -1, []);
    const mask = causalView(ids.length, words);
    const feeds = { ids: fixture.inputs["ids"] as TensorValue, positions, mask };
    for (const target of parityTargets) {
      const found = await run(qwenStates, { text, states }, feeds, target);
      expect(differenceOf(found["states"], fixture.outputs["states"])).toBeLessThan(target.limit);
    }
    const session = await open(qwenStep, { text }, { provider: "cpu", limit: 1e-4 });
    const prompt = {
      ids: ids.slice(0, words),
      ...tokenPlaces(ids.slice(0, words), -1, []),
      pictures: {},
    };
    const made: number[] = [];
    const choose = (logits: Float32Array): number =>
      chooseToken(logits, { temperature: 0, topP: 1 }, () => 0);
    for await (const id of generateIds(session, text, prompt, choose)) {
      if (made.push(id) === 64) break;
    }
    await session.close();
    expect(made).toEqual(idsOf(fixture.outputs["made"]));
  });
});

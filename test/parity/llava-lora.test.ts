import { expect, test } from "vitest";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { llava } from "../../packages/models/src/networks/llava.ts";
import {
  type LlavaSequence,
  parseLlavaConfig,
} from "../../packages/models/src/networks/llava-config.ts";
import { loraRefine, loraWeights } from "../../packages/models/src/networks/lora.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import { lowerGraph } from "../../packages/models/src/onnx/lower/lower-graph.ts";
import { parseLora } from "../../packages/models/src/weights/lora.ts";
import { errorsOf, parityTargets, readFixture } from "./read-fixture.ts";

test.each(["query-and-value", "all-linear-half-strength"])(
  "LLaVA under LoRA agrees with peft: %s",
  async (name) => {
    const fixture = await readFixture("llava-lora", name);
    const { sequence, vision, alpha } = fixture.options as {
      readonly sequence: LlavaSequence;
      readonly vision: unknown;
      readonly alpha: number;
    };
    const config = parseLlavaConfig({ llava: fixture.config, vision }, sequence);
    const keys = [...fixture.weights].filter(([key]) => key.startsWith("lora."));
    const file = new Map(keys.map(([key, tensor]) => [key.slice("lora.".length), tensor]));
    const layers = [...buildNetwork(llava, config).graph.weights.keys()]
      .filter((path) => path.endsWith(".weight"))
      .map((path) => path.slice(0, -".weight".length));
    const lora = parseLora(file, { layers, part: "text_encoder", alpha });
    expect(lora.size).toBe(keys.length / 2);
    for (const target of parityTargets) {
      const built = buildNetwork(llava, config, "", loraRefine([lora]));
      const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
      const weights = new Map([...fixture.weights, ...loraWeights([lora])]);
      const { mmTokens = 1 } = await errorsOf(emitGraph(graph, outputs, { weights }), fixture);
      expect(mmTokens).toBeLessThan(target.limit);
    }
  },
);

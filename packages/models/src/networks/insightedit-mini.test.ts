import { expect, test } from "vitest";
import type { Graph } from "../onnx/graph.ts";
import { knownCount, showShape } from "../onnx/shape.ts";
import { imageBridge, textBridge } from "./bridges.ts";
import { buildNetwork } from "./define-network.ts";
import { editUnet } from "./edit-unet.ts";
import { insightEditMini } from "./insightedit-mini.ts";
import { patchDecoder, patchEncoder } from "./patch-autoencoder.ts";
import { sourceDecoder } from "./source-decoder.ts";
import { visionLanguage } from "./vision-language.ts";

function countsOf(ops: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const op of ops) counts.set(op, (counts.get(op) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([op, count]) => `${op} ${count}`)
    .join(", ");
}

function describeGraph(name: string, { nodes, inputs, weights }: Graph): string {
  const parameters = [...weights.values()].reduce((n, one) => n + knownCount(one.tensor.shape), 0);
  return [
    `${name}: ${weights.size} weights, ${parameters} parameters`,
    `inputs: ${inputs.map((input) => `${input.name} ${showShape(input.shape)}`).join(", ")}`,
    `operators: ${countsOf(nodes.map(({ op }) => op))}`,
    ...[...weights].map(([path, { tensor }]) => `  ${path} ${showShape(tensor.shape)}`),
    "",
  ].join("\n");
}

// A change here is a change of every checkpoint: `npx vitest run <this file> --update` writes it anew.
test("[N6] has the weights and operators of test/golden/insightedit-mini.txt", async () => {
  const { decoder, ...config } = insightEditMini(100);
  if (decoder === undefined) throw new RangeError("the mini has a decoder that sees the source");
  const decoding = { ...decoder, vae: config.vae };
  const networks = [
    describeGraph(visionLanguage.name, buildNetwork(visionLanguage, config.mllm, "mllm").graph),
    describeGraph(textBridge.name, buildNetwork(textBridge, config.bridges, "bridges").graph),
    describeGraph(imageBridge.name, buildNetwork(imageBridge, config.bridges, "bridges").graph),
    describeGraph(editUnet.name, buildNetwork(editUnet, config.unet, "unet").graph),
    describeGraph(patchEncoder.name, buildNetwork(patchEncoder, config.vae, "vae").graph),
    describeGraph(patchDecoder.name, buildNetwork(patchDecoder, config.vae, "vae").graph),
    describeGraph(sourceDecoder.name, buildNetwork(sourceDecoder, decoding).graph),
  ];
  await expect(networks.join("\n")).toMatchFileSnapshot(
    "../../../../test/golden/insightedit-mini.txt",
  );
});

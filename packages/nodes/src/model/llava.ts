import { openLlava } from "@insightgraph/editing/architectures";
import { findComponent, findOptional } from "@insightgraph/editing/checkpoints";
import { defineNode, param } from "@insightgraph/engine/node";
import { mllm } from "../port-types/model-mllm.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

/** Source: LLaVA (arXiv:2304.08485); SmartEdit (arXiv:2312.06739) for the token ids. */
export const modelLlava = defineNode({
  type: "model.llava",
  version: 1,
  title: "LLaVA",
  doc: "Loads a LLaVA that was trained for editing with [MM] tokens.",
  inputs: {},
  params: {
    checkpoint: checkpointParam("llava"),
    visionTower: param.text({
      default: "",
      doc: "Checkpoint of the CLIP vision tower. Empty: the one in the LLaVA checkpoint.",
    }),
    prompt: param.choice({
      options: ["insightedit", "smartedit"],
      default: "insightedit",
      doc: "Prompt template. insightedit puts the [MM] tokens after the instruction, smartedit in the answer.",
    }),
    mmTokens: param.integer({ default: 32, min: 1, max: 256, doc: "Number of [MM] tokens." }),
    firstMmToken: param.integer({
      default: 32_003,
      min: 3,
      max: 1_000_000,
      doc: "Token id of the first [MM] token.",
    }),
    textTokens: param.integer({
      default: 256,
      min: 8,
      max: 4096,
      doc: "Largest prompt length in tokens, without the picture's and with the [MM] tokens.",
    }),
  },
  outputs: { model: mllm("Multimodal language model.") },
  async fingerprint({ checkpoint, visionTower }) {
    const { llava, tokenizer, processor, tower } = await partsOf(checkpoint, visionTower);
    return [llava, tokenizer, processor, tower].map((part) => part?.digest ?? "").join(" ");
  },
  async run(_, { checkpoint, visionTower, ...options }) {
    const files = await partsOf(checkpoint, visionTower);
    return { model: await blameParam("checkpoint", () => openLlava(files, options)) };
  },
});

async function partsOf(checkpoint: string, visionTower: string) {
  const own = await blameParam("checkpoint", async () => ({
    llava: await findComponent(checkpoint, "model"),
    tokenizer: await findComponent(checkpoint, "tokenizer"),
    processor: await findOptional(checkpoint, "feature_extractor"),
  }));
  if (visionTower === "") return { ...own, tower: undefined };
  const tower = await blameParam("visionTower", () => findComponent(visionTower, "model"));
  return { ...own, tower };
}

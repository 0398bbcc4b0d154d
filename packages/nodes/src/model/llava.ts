import { openLlava } from "@insightgraph/editing/architectures";
import { findComponent, findOptional } from "@insightgraph/editing/checkpoints";
import { defineNode, param } from "@insightgraph/engine/node";
import { mllm } from "../port-types/model-mllm.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

/** Source: LLaVA (arXiv:2304.08485); SmartEdit (arXiv:2312.06739) for the numbers of its tokens. */
export const modelLlava = defineNode({
  type: "model.llava",
  version: 1,
  title: "LLaVA",
  doc: "Loads a multimodal language model that was trained for editing: LLaVA with [MM] tokens.",
  inputs: {},
  params: {
    checkpoint: checkpointParam("llava"),
    visionTower: param.text({
      default: "",
      doc: "Checkpoint of the CLIP that it sees with; empty where its own files hold it.",
    }),
    prompt: param.choice({
      options: ["insightedit", "smartedit"],
      default: "insightedit",
      doc: "Form of the prompt: [MM] tokens after the instruction, or in the answer.",
    }),
    mmTokens: param.integer({ default: 32, min: 1, max: 256, doc: "How many [MM] tokens it has." }),
    firstMmToken: param.integer({
      default: 32_003,
      min: 3,
      max: 1_000_000,
      doc: "Id of the first of them.",
    }),
    textTokens: param.integer({
      default: 256,
      min: 8,
      max: 4096,
      doc: "Tokens beside the picture's that a prompt may have, [MM] tokens among them.",
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

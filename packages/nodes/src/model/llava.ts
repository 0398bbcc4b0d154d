import { defineNode, param } from "@insightgraph/engine/node";
import { findComponent } from "../checkpoints/find-component.ts";
import { llava } from "../model-port-types.ts";
import { checkpointParam, opened } from "./checkpoint-param.ts";
import { findOptional, fingerprintOf } from "./fingerprint.ts";
import { openLlava } from "./llava-part.ts";

/** Source: LLaVA (arXiv:2304.08485); SmartEdit (arXiv:2312.06739) for the numbers of its tokens. */
export const llavaModel = defineNode({
  type: "model.llava",
  version: 1,
  title: "LLaVA",
  doc: "A multimodal language model that was trained to say what to change: LLaVA with [MM] tokens.",
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
  outputs: { model: llava("Multimodal language model.") },
  async fingerprint({ checkpoint, visionTower }) {
    const own = await fingerprintOf(checkpoint, "model", "tokenizer", "feature_extractor");
    return visionTower === "" ? own : `${own} ${await fingerprintOf(visionTower, "model")}`;
  },
  async run(_, { checkpoint, visionTower, ...options }) {
    const files = {
      llava: await findComponent(checkpoint, "model"),
      tokenizer: await findComponent(checkpoint, "tokenizer"),
      tower: visionTower === "" ? undefined : await findComponent(visionTower, "model"),
      processor: await findOptional(checkpoint, "feature_extractor"),
    };
    return { model: await opened(() => openLlava(files, options)) };
  },
});

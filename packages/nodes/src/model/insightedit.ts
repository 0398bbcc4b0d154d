import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { defineNode, param } from "@insightgraph/engine/node";
import { bridges } from "../port-types/model-bridges.ts";
import { mllm } from "../port-types/model-mllm.ts";
import { unet } from "../port-types/model-unet.ts";
import { vae } from "../port-types/model-vae.ts";
import { blameParam } from "./checkpoint-param.ts";

/** They share one content; each is checked. */
const parts = ["comprehender", "bridges", "denoiser", "autoencoder"] as const;

/** Source: InsightEdit (arXiv:2411.17323), figure 3. */
export const modelInsightedit = defineNode({
  type: "model.insightedit",
  version: 1,
  title: "InsightEdit model",
  doc: "Loads an InsightEdit checkpoint as separate parts, so that each can be replaced.",
  inputs: {},
  params: {
    checkpoint: param.text({
      default: "insightedit-mini",
      folderPrefix: "dir:",
      doc: "Name of a checkpoint, or dir: and the absolute path of a trained one.",
    }),
  },
  outputs: {
    mllm: mllm("Multimodal language model."),
    bridges: bridges("Text bridge and image alignment adapter."),
    unet: unet("Denoising network."),
    vae: vae("Autoencoder between pixels and latents."),
  },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", async () => {
      const [first = ""] = await Promise.all(parts.map((one) => partFingerprint(checkpoint, one)));
      return first;
    }),
  run: (_, { checkpoint }) =>
    blameParam("checkpoint", async () => ({
      mllm: await openPart(checkpoint, "comprehender"),
      bridges: await openPart(checkpoint, "bridges"),
      unet: await openPart(checkpoint, "denoiser"),
      vae: await openPart(checkpoint, "autoencoder"),
    })),
});

import type { KnownModel } from "@insightgraph/engine/server";

/** Checkpoints that nodes of this package open, for people who have none yet. Sizes are those of the files at the hub. */
export const knownModels: readonly KnownModel[] = [
  {
    source: "hf:timbrooks/instruct-pix2pix",
    name: "instruct-pix2pix",
    doc: "InstructPix2Pix: edits photographs by instruction.",
    sizeBytes: 4_270_000_000,
    licence: "mit",
  },
  {
    source: "hf:h94/IP-Adapter",
    name: "IP-Adapter",
    doc: "A picture as prompt, for models of the SD-1.5 family.",
    only: ["ip-adapter_sd15", "models-image_encoder"],
    sizeBytes: 2_570_000_000,
    licence: "apache-2.0",
  },
  {
    source: "hf:openai/clip-vit-base-patch32",
    name: "clip-vit-base-patch32",
    doc: "CLIP ViT-B/32, for CLIP-I, CLIP-T and CLIPScore.",
    sizeBytes: 605_000_000,
  },
  {
    source: "hf:facebook/dino-vits16@refs/pr/1",
    name: "dino-vits16",
    doc: "DINO ViT-S/16 of version 1, for the similarity that MagicBrush and EMU Edit report.",
    sizeBytes: 86_700_000,
    licence: "apache-2.0",
  },
  {
    source: "hf:facebook/dinov2-base",
    name: "dinov2-base",
    doc: "DINOv2 base, for the similarity of pictures.",
    sizeBytes: 346_000_000,
    licence: "apache-2.0",
  },
];

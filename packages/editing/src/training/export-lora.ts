import { mkdir } from "node:fs/promises";
import path from "node:path";
import { encodeSafetensors, loraFileKey, type StoredTensor } from "@insightgraph/models";
import { writeWhole } from "../files/write-whole.ts";

/** Writes trained branches as `save_lora_weights` of diffusers does, so that its pipelines and `model.lora` read the folder. */
export async function exportLora(
  branches: readonly (readonly [path: string, tensor: StoredTensor])[],
  to: string,
): Promise<void> {
  await mkdir(to, { recursive: true });
  const weights = new Map(branches.map(([key, tensor]) => [loraFileKey(key), tensor]));
  const file = path.join(to, "pytorch_lora_weights.safetensors");
  await writeWhole(file, encodeSafetensors(weights, { format: "pt" }));
}

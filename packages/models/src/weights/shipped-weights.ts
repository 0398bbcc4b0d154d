import { fileURLToPath } from "node:url";

/** Folder of a checkpoint that ships with this package: `model.safetensors` and `config.json`. */
export function shippedWeightsFolder(name: string): string {
  return fileURLToPath(new URL(`../../weights/${name}/`, import.meta.url));
}

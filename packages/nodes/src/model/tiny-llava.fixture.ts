import { fileURLToPath } from "node:url";

const folder = new URL("../../../../test/fixtures/checkpoints/tiny-llava", import.meta.url);

/** What opens the random LLaVA with three [MM] tokens that lies among the fixtures. */
export const tinyLlava = {
  checkpoint: `dir:${fileURLToPath(folder)}`,
  visionTower: "",
  prompt: "insightedit",
  mmTokens: 3,
  firstMmToken: 615,
  textTokens: 256,
} as const;

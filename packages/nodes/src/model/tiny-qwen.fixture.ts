import { cp, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildNetwork,
  encodeSafetensors,
  normalArray,
  parseQwenConfig,
  qwenStep,
  qwenVision,
} from "@insightgraph/models";

const tokens = fileURLToPath(
  new URL("../../../../test/fixtures/parity/qwen-tokens", import.meta.url),
);

const vision = {
  depth: 2,
  hidden_size: 16,
  intermediate_size: 24,
  num_heads: 2,
  patch_size: 8,
  temporal_patch_size: 2,
  spatial_merge_size: 2,
  out_hidden_size: 24,
  num_position_embeddings: 16,
  deepstack_visual_indexes: [1],
};

/** The config of a Qwen3-VL of two layers, with the words of the tokenizer among the fixtures. */
const config = {
  model_type: "qwen3_vl",
  architectures: ["Qwen3VLForConditionalGeneration"],
  image_token_id: 424,
  tie_word_embeddings: true,
  text_config: {
    vocab_size: 427,
    hidden_size: 24,
    intermediate_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 8,
    rope_theta: 10_000,
    rope_scaling: { rope_type: "default", mrope_section: [2, 1, 1] },
  },
  vision_config: vision,
};

/** Random weights of all that a network declares. */
function weightsOf({ graph }: Pick<ReturnType<typeof buildNetwork>, "graph">) {
  return [...graph.weights].map(([name, { tensor }], seed) => {
    const shape = tensor.shape.map(Number);
    const count = shape.reduce((product, size) => product * size, 1);
    const scale = shape.length > 1 ? Math.sqrt(shape[0] ?? 1) / Math.sqrt(count) : 0.1;
    const centre = shape.length > 1 ? 0 : 1;
    const values = normalArray(count, seed).map((value) => value * scale + centre);
    const data = new Uint8Array(values.buffer);
    return [name, { dtype: "float32", shape, data }] as const;
  });
}

/** Writes a random Qwen3-VL, in the layout of its repository, into a new folder. */
export async function writeTinyQwen(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tiny-qwen-"));
  await cp(tokens, folder, { recursive: true });
  const sizes = parseQwenConfig(config);
  if (sizes.vision === undefined) throw new Error("the tiny Qwen reads pictures");
  const weights = new Map([
    ...weightsOf(buildNetwork(qwenStep, { text: sizes.text, deepLayers: 1 })),
    ...weightsOf(buildNetwork(qwenVision, sizes.vision)),
  ]);
  const pixels = {
    image_processor_type: "Qwen2VLImageProcessorFast",
    size: { shortest_edge: 256, longest_edge: 4096 },
  };
  await writeFile(path.join(folder, "config.json"), JSON.stringify(config));
  await writeFile(path.join(folder, "preprocessor_config.json"), JSON.stringify(pixels));
  await writeFile(path.join(folder, "model.safetensors"), encodeSafetensors(weights));
  return folder;
}

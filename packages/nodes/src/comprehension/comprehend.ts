import type { RunContext, TensorValue } from "@insightgraph/engine/node";
import { createWordTokenizer, visionLanguage } from "@insightgraph/models";
import { pixelsOf } from "../generation/pixels.ts";
import { type ModelComponent, type OpenModel, openNetwork } from "../model/component.ts";
import { tensorOf } from "../model/tensor-of.ts";
import type { Picture } from "../port-types.ts";

export interface Comprehension {
  /** [1, r, d] */
  readonly mmTokens: TensorValue;
  /** [1, patches, v] */
  readonly vision: TensorValue;
}

/** Tells which words are strange, and tries. Throws: tokens.empty, tokens.unknown-word, tokens.too-long. */
export async function comprehend(
  context: OpenModel & Partial<Pick<RunContext, "log">>,
  model: ModelComponent,
  picture: Picture,
  instruction: string,
): Promise<Comprehension> {
  const { mllm } = model.config;
  const tokenizer = createWordTokenizer(model.vocabulary, mllm.maxWords);
  const ids = tokenizer.encode(instruction);
  const strange = tokenizer.describeUnknown(instruction);
  if (strange !== undefined) context.log?.(strange);
  const session = await openNetwork(context, model, visionLanguage, mllm);
  const found = await session.run({
    pixels: pixelsOf(picture, mllm.vision.imageSize),
    ids: { dtype: "int64", shape: [1, mllm.maxWords], data: ids },
  });
  return { mmTokens: tensorOf(found, "mmTokens"), vision: tensorOf(found, "vision") };
}

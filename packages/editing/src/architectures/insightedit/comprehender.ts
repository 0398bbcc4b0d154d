import { checkFit, createWordTokenizer, visionLanguage } from "@insightgraph/models";
import { pixelsOf } from "../../pictures/planes.ts";
import type { Comprehender } from "../comprehender.ts";
import { openNetwork } from "../open-network.ts";
import { readInstruction } from "../read-instruction.ts";
import { finiteOutput } from "../tensor.ts";
import type { InsightEditPart } from "./checkpoint.ts";

/** The small vision-language network, which reads whole words of a fixed vocabulary. Throws: weights.*. */
export function wordComprehender(part: InsightEditPart): Comprehender {
  const { mllm } = part.config;
  checkFit(visionLanguage, mllm, part.weights, part.part);
  const tokenizer = createWordTokenizer(part.vocabulary, mllm.maxWords);
  return {
    async comprehend(opener, picture, instruction, warn) {
      const ids = readInstruction(() => tokenizer.encode(instruction));
      const unknown = tokenizer.describeUnknown(instruction);
      if (unknown !== undefined) warn?.(unknown);
      const session = await openNetwork(opener, part, visionLanguage, mllm);
      const found = await session.run({
        pixels: pixelsOf(picture, mllm.vision.imageSize),
        ids: { dtype: "int64", shape: [1, mllm.maxWords], data: ids },
      });
      return { mmTokens: finiteOutput(found, "mmTokens"), vision: finiteOutput(found, "vision") };
    },
  };
}

import { type ClipHalves, cutToMask, measureTextSimilarity } from "@insightgraph/editing/metrics";
import type { Mask, Picture } from "@insightgraph/editing/pictures";
import type { RunContext } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { text } from "../port-types/text.ts";
import { reportHole } from "./compared-pictures.ts";

/** What every metric between a picture and a text takes. */
export const describedPicture = {
  image: image("Picture to score."),
  text: text("What it should show: a caption of the wanted picture, not an instruction."),
  mask: mask.optional(
    "Edited region: only the box around it is scored. Omitted: the whole picture.",
  ),
};

/** The cosine of a picture, or of the box around a mask, and a text; NaN, and said in the log, for an empty mask. */
export async function cosineWithText(
  clip: ClipHalves,
  inputs: { readonly image: Picture; readonly text: string; readonly mask?: Mask | undefined },
  context: RunContext,
): Promise<number> {
  const { image: whole, text: caption, mask: edited } = inputs;
  const picture = edited === undefined ? whole : cutToMask(whole, edited);
  if (picture === undefined) return reportHole(Number.NaN, "the mask is empty", context);
  return measureTextSimilarity(context, clip, { picture, text: caption }, context.log);
}

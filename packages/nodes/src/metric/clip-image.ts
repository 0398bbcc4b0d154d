import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { EditingError } from "@insightgraph/editing/errors";
import { clipImageFacts, measureEmbeddings } from "@insightgraph/editing/metrics";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { blameParam } from "../model/checkpoint-param.ts";
import { image } from "../port-types/image.ts";
import { reportHole, scorePort } from "./compared-pictures.ts";

const suggested = "clip-vit-base-patch32";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const metricClipImage = defineNode({
  type: "metric.clip-image",
  version: 1,
  title: "CLIP-I",
  doc: "How alike two pictures are in what they show, as a CLIP sees it. Without a CLIP there is no score.",
  inputs: {
    image: image("Picture to score."),
    reference: image("Picture to compare it with; its size may differ."),
  },
  params: {
    checkpoint: param.text({
      default: suggested,
      doc: "Name of an added CLIP checkpoint, or dir: and the absolute path of its folder.",
    }),
  },
  outputs: { score: scorePort(clipImageFacts) },
  // A checkpoint that is added later fills the hole.
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () =>
      orMissing("not added", () => partFingerprint(checkpoint, "imageEmbedder")),
    ),
  async run(inputs, { checkpoint }, context) {
    const embedder = await blameParam("checkpoint", () =>
      orMissing(undefined, () => openPart(checkpoint, "imageEmbedder")),
    );
    if (embedder === undefined) {
      const command = `insightgraph models add hf:openai/${suggested}`;
      const why = `there is no checkpoint "${checkpoint}"; add one with: ${command}`;
      return { score: reportHole(Number.NaN, why, context) };
    }
    if (embedder.name !== "CLIP") {
      throw inputError(`"${checkpoint}" is ${embedder.name}, not CLIP.`, {
        param: "checkpoint",
        hint: `Name a CLIP checkpoint, such as ${suggested}.`,
      });
    }
    const { image: picture, reference } = inputs;
    return { score: await measureEmbeddings(context, embedder, picture, reference) };
  },
});

/** What a task gives, or something else where its checkpoint has not been added; other faults are thrown. */
async function orMissing<T, M>(missing: M, task: () => Promise<T>): Promise<T | M> {
  try {
    return await task();
  } catch (thrown) {
    if (thrown instanceof EditingError && thrown.code === "checkpoint.unknown") return missing;
    throw thrown;
  }
}

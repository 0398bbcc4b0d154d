import { heldOutCount } from "@insightgraph/editing/scenes";
import {
  type EvaluatedEdit,
  evaluateEdits,
  paintGallery,
  printScores,
  scoreEdits,
  usualSampling,
} from "@insightgraph/editing/scoring";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

/** The gallery shows the first edits, failures included. */
const drawn = 12;

export const evaluationHeldOut = defineNode({
  type: "evaluation.held-out",
  version: 2,
  // Version 1 had no noise scale.
  migrate: { 1: (node) => ({ ...node, params: { ...node.params, noiseScale: 1 } }) },
  title: "Evaluate on held-out edits",
  doc: "Edits the held-out scenes, then measures the success rate and how well the rest of each picture is preserved.",
  inputs: {},
  params: {
    checkpoint: param.text({
      default: "insightedit-mini",
      doc: "Name of a checkpoint, or dir: and the absolute path of a folder.",
    }),
    count: param.integer({
      default: heldOutCount,
      min: 1,
      max: heldOutCount,
      doc: "Number of scenes to edit, from the first.",
    }),
    steps: param.integer({
      default: usualSampling.steps,
      min: 1,
      max: 100,
      doc: "Denoising steps.",
    }),
    textGuidance: param.number({
      default: usualSampling.textGuidance,
      min: 0,
      max: 10,
      step: 0.1,
      doc: "Guidance scale of the text. 1 turns guidance off.",
    }),
    imageGuidance: param.number({
      default: usualSampling.imageGuidance,
      min: 0,
      max: 10,
      step: 0.1,
      doc: "Guidance scale of the source picture. 1 turns guidance off.",
    }),
    noiseScale: param.number({
      default: usualSampling.noiseScale,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Scale of the initial noise. 0 gives the average edit.",
    }),
    hasAdapter: param.boolean({
      default: true,
      doc: "Use the image branch. Turn off to ablate it.",
    }),
  },
  outputs: {
    gallery: image("The first twelve edits: source, result, target."),
    scores: text(
      "Success rate with 95 % confidence intervals; PSNR and SSIM inside and outside the mask.",
    ),
    success: number("Success rate, 0 to 1."),
  },
  async run(_, settings, context) {
    const { signal, progress } = context;
    const edits: EvaluatedEdit[] = [];
    for await (const edit of evaluateEdits(context, { ...settings, signal })) {
      edits.push(edit);
      progress(edits.length, settings.count, edits.length % 20 === 1 ? edit.result : undefined);
    }
    const table = scoreEdits(edits);
    return {
      gallery: await paintGallery(edits.slice(0, drawn)),
      scores: printScores(table),
      success: table.all.success,
    };
  },
});

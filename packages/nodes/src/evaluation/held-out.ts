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

/** Edits drawn in the gallery: the first ones, failures included. */
const drawn = 12;

export const evaluationHeldOut = defineNode({
  type: "evaluation.held-out",
  version: 2,
  // Noise had no weight of its own.
  migrate: { 1: (node) => ({ ...node, params: { ...node.params, noiseScale: 1 } }) },
  title: "Evaluate on held-out edits",
  doc: "Edits the held-out scenes and measures how many came out right, and how near the rest of the picture stayed.",
  inputs: {},
  params: {
    checkpoint: param.text({
      default: "insightedit-mini",
      doc: "Which checkpoint: a shipped one, or dir: and a folder.",
    }),
    count: param.integer({
      default: heldOutCount,
      min: 1,
      max: heldOutCount,
      doc: "Only the first so many.",
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
      doc: "Pull to the text.",
    }),
    imageGuidance: param.number({
      default: usualSampling.imageGuidance,
      min: 0,
      max: 10,
      step: 0.1,
      doc: "Pull to the source.",
    }),
    noiseScale: param.number({
      default: usualSampling.noiseScale,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Weight of the first noise.",
    }),
    hasAdapter: param.boolean({ default: true, doc: "Off leaves the image branch out." }),
  },
  outputs: {
    gallery: image("The first twelve: source, result, truth."),
    scores: text("Success with 95 % intervals, PSNR and SSIM inside and outside the mask."),
    success: number("Share of edits that came out right, 0 to 1."),
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

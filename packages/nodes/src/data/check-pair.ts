import { checkPair } from "@insightgraph/editing/pairs";
import { defineNode, param } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

const steps = { min: 0, max: 255, step: 0.5 } as const;
const share = { min: 0, max: 1, step: 0.01 } as const;

export const dataCheckPair = defineNode({
  type: "data.check-pair",
  version: 1,
  title: "Check pair",
  doc: "Checks a pair without a model: the background stayed, something changed inside the mask, the mask is sane, the source is sharp.",
  inputs: {
    source: image("Picture before the edit."),
    target: image("Picture after the edit."),
    mask: mask("Where they may differ."),
  },
  params: {
    outside: param.number({
      ...steps,
      default: 1,
      doc: "Most mean difference outside of the mask, in 8-bit steps.",
    }),
    inside: param.number({ ...steps, default: 4, doc: "Least mean difference inside the mask." }),
    leastArea: param.number({
      ...share,
      default: 0.002,
      step: 0.001,
      doc: "Least share of the picture that the mask takes.",
    }),
    mostArea: param.number({
      ...share,
      default: 0.6,
      doc: "Most share of the picture that the mask takes.",
    }),
    sharpness: param.number({
      default: 20,
      min: 0,
      max: 10_000,
      doc: "Least sharpness of the source: variance of the Laplacian at 512 pixels.",
    }),
  },
  outputs: {
    passes: boolean("Whether nothing is wrong."),
    faults: text("What is wrong, one line a fault."),
    outside: number("Mean difference outside of the mask."),
    inside: number("Mean difference inside the mask."),
    area: number("Share of the picture that the mask takes."),
    sharpness: number("Sharpness of the source."),
  },
  run({ source, target, mask: place }, limits) {
    const { faults, ...measured } = checkPair(source, target, place, limits);
    return { passes: faults.length === 0, faults: faults.join("\n"), ...measured };
  },
});

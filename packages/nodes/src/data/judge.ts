import { vieScore } from "@insightgraph/editing/assistants";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { assistant } from "../port-types/model-assistant.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";
import { checkAbility, requireAbility } from "./require-ability.ts";

export const dataJudge = defineNode({
  type: "data.judge",
  version: 1,
  title: "Judge edit",
  doc: "Scores an edit as VIEScore does: how far it does what was asked and nothing else (SC), and how real it looks (PQ).",
  inputs: {
    source: image("Picture before the edit."),
    target: image("Picture after the edit."),
    model: assistant("Who judges."),
  },
  params: {
    instruction: param.text({ default: "", doc: "Instruction for the edit." }),
    scale: param.number({
      default: 5,
      min: 1,
      max: 100,
      doc: "Highest score. AdvancedEdit's files have 5, VIEScore's own has 10.",
    }),
  },
  outputs: {
    sc: number("Semantic consistency: the lower of its two numbers."),
    pq: number("Perceptual quality: the lower of its two numbers."),
    overall: number("Root of SC times PQ, on the same scale."),
    report: text("All numbers with reasons, scale and judge, as JSON."),
  },
  check: checkAbility("judge"),
  async run({ source, target, model }, { instruction, scale }, context) {
    const judge = requireAbility(model, "judge");
    const judgement = await judge({ source, target, instruction }, scale, context);
    return { ...vieScore(judgement), report: JSON.stringify(judgement) };
  },
});

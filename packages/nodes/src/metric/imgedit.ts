import { createChatJudge, imgEditQuestion, rateAsImgEdit } from "@insightgraph/editing/benchmarks";
import { EditingError } from "@insightgraph/editing/errors";
import { imgEditFacts } from "@insightgraph/editing/metrics";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { chat } from "../port-types/model-chat.ts";
import { text } from "../port-types/text.ts";
import { scorePort } from "./compared-pictures.ts";

/** Source: ImgEdit (arXiv:2505.20275), section 4.2. */
export const metricImgedit = defineNode({
  type: "metric.imgedit",
  version: 1,
  title: "ImgEdit rating",
  doc: "Has a model rate an edit as ImgEdit does: three numbers from 1 to 5, of which the second and third are at most the first.",
  inputs: {
    image: image("Picture to score: the edited one."),
    source: image("Picture before the edit."),
    judge: chat("Who rates."),
  },
  params: {
    instruction: param.text({ default: "", doc: "What the edit should do." }),
    question: param.text({
      default: imgEditQuestion,
      doc: "What is asked; <edit_prompt> stands for the instruction. The benchmark's prompts.json has one for each kind of edit.",
    }),
  },
  outputs: {
    score: scorePort(imgEditFacts),
    report: text("The three numbers with their names, reason, scale and judge, as JSON."),
  },
  // Answers are kept where they are asked for; a hole is asked about again.
  cacheable: false,
  async run({ image: result, source, judge: endpoint }, { instruction, question }, context) {
    const judge = createChatJudge(endpoint, { signal: context.signal });
    const facts = { scale: imgEditFacts.range, judge: judge.name };
    try {
      const rating = await rateAsImgEdit(judge, { source, result, instruction }, question);
      const { inputTokens, outputTokens, cost } = judge.usage;
      context.log(`${judge.name}: ${inputTokens} + ${outputTokens} tokens, cost ${cost}.`);
      return { score: rating.score, report: JSON.stringify({ ...facts, ...rating }) };
    } catch (cause) {
      if (!(cause instanceof EditingError) || cause.code !== "endpoint.answer") throw cause;
      context.log(`No score (NaN): ${cause.what}`);
      return { score: Number.NaN, report: JSON.stringify({ ...facts, fault: cause.what }) };
    }
  },
});

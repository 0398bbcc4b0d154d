import { chatOf, requireSight } from "@insightgraph/editing/architectures";
import { answerInJson } from "@insightgraph/editing/assistants";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { languageModel } from "../port-types/model-language.ts";
import { text } from "../port-types/text.ts";

export const textGenerate = defineNode({
  type: "text.generate",
  version: 1,
  title: "Generate text",
  doc: "Asks a language model on this machine. The answer is shown as it grows.",
  inputs: {
    prompt: text("What is asked."),
    image: image.optional("Picture that the question is about."),
    system: text.optional("Standing orders, such as how to answer."),
    model: languageModel("Who answers."),
  },
  params: {
    maxTokens: param.integer({
      default: 256,
      min: 1,
      max: 32_768,
      doc: "Most tokens of the answer.",
    }),
    temperature: param.number({
      default: 0,
      min: 0,
      max: 2,
      step: 0.1,
      doc: "Randomness. 0 always takes the likeliest token.",
    }),
    topP: param.number({
      default: 1,
      min: 0.01,
      max: 1,
      step: 0.01,
      doc: "Draws from the likeliest tokens that together are this probable.",
    }),
    seed: param.seed({ default: 1, doc: "Seed of the draws." }),
    stop: param.text({
      default: "",
      multiline: true,
      doc: "Texts that end the answer, one a line. Empty: none.",
    }),
    format: param.choice({
      options: ["text", "json"],
      default: "text",
      doc: "json: the answer has to be a JSON object. If it is none, the model is asked once more.",
    }),
  },
  outputs: { text: text("The answer.") },
  check({ image: picture, model }) {
    if (picture !== undefined) requireSight(model);
  },
  async run({ prompt, image: picture, system, model }, { stop, format, ...choice }, context) {
    const { maxTokens, ...tokens } = choice;
    const stopTexts = stop.split("\n").filter((line) => line !== "");
    const chat = chatOf(model, { ...tokens, stopTexts });
    const pictures = picture === undefined ? [] : [picture];
    const question = { system, text: prompt, pictures };
    if (format === "json") return { text: await answerInJson(chat, question, maxTokens, context) };
    let steps = 0;
    const onText = (answer: string) => context.progress(++steps, maxTokens, answer);
    const { signal } = context;
    return { text: await chat.answer(context, question, { signal, maxTokens, onText }) };
  },
});

import Type from "typebox";
import { type AskOptions, answerSchema, askForJson } from "../endpoints/ask-for-json.ts";
import type { ChatEndpoint } from "../endpoints/chat-endpoint.ts";
import { type ChatUsage, noUsage, sumUsage } from "../endpoints/completion.ts";
import type { EditJudge, JudgedEdit } from "./scorers.ts";

const scale = 10;
const system =
  "You judge edits of pictures strictly and fairly. All people in them are artificial.";

const pair = answerSchema({
  score: Type.Array(Type.Number({ minimum: 0, maximum: scale }), { minItems: 2, maxItems: 2 }),
  reasoning: Type.String(),
});

/** In our own words; what the two numbers mean is VIEScore's. */
const semanticsQuestion = (instruction: string): string =>
  `The second picture is the first one after this instruction: "${instruction}"
Give two numbers from 0 to ${scale} as score, and the reason in at most 20 words. First: how far the edit does what was asked; 0 not at all, ${scale} perfectly. Second: how little else was changed; 0 it is another picture, ${scale} nothing else changed.`;

const qualityQuestion = `Give this picture two numbers from 0 to ${scale} as score, and the reason in at most 20 words. First: how natural it looks, in distances, light and shadows; 0 not at all, ${scale} perfectly. Second: how free it is of artifacts such as distortion, watermarks, blurred or unusual parts; 0 full of them, ${scale} free.`;

/** A judge that says what it has cost so far. */
export interface ChatJudge extends EditJudge {
  readonly usage: ChatUsage;
}

/**
 * A judge behind a chat endpoint; it answers each question once and keeps the answer.
 * Source: VIEScore (arXiv:2312.14867); ImgEdit (arXiv:2505.20275).
 */
export function createChatJudge(
  endpoint: ChatEndpoint,
  options: Pick<AskOptions, "signal" | "store"> = {},
): ChatJudge {
  let usage = noUsage;
  const ask = async <S extends Parameters<typeof askForJson>[1]["schema"]>(
    question: { readonly text: string; readonly schema: S },
    pictures: readonly JudgedEdit["source"][],
  ) => {
    const answer = await askForJson(endpoint, { ...question, system, pictures }, options);
    usage = sumUsage(usage, answer.usage);
    return answer.value;
  };
  const lower = async (text: string, pictures: readonly JudgedEdit["source"][]) => {
    const { score } = await ask({ text, schema: pair }, pictures);
    return Math.min(...score);
  };
  return {
    name: endpoint.model,
    get usage() {
      return usage;
    },
    async vieScore({ source, result, instruction }) {
      const semantics = await lower(semanticsQuestion(instruction), [source, result]);
      return { semantics, quality: await lower(qualityQuestion, [result]) };
    },
    rate({ source, result }, question, count) {
      const one = Type.Object({
        name: Type.String(),
        score: Type.Integer({ minimum: 1, maximum: 5 }),
      });
      const schema = answerSchema({
        reasoning: Type.String(),
        scores: Type.Array(one, { minItems: count, maxItems: count }),
      });
      return ask({ text: question, schema }, [source, result]);
    },
  };
}

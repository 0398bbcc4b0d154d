import Type, { type TObject } from "typebox";
import { judgePair, vieScore } from "../assistants/judge-pair.ts";
import { answerSchema } from "../endpoints/answer-json.ts";
import { type AskOptions, askForJson } from "../endpoints/ask-for-json.ts";
import type { ChatEndpoint } from "../endpoints/chat-endpoint.ts";
import type { ChatQuestion } from "../endpoints/chat-message.ts";
import { type ChatUsage, noUsage, sumUsage } from "../endpoints/completion.ts";
import type { EditJudge } from "./scorers.ts";

const vieScale = 10;

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
  const ask = async <S extends TObject>(question: ChatQuestion & { readonly schema: S }) => {
    const answer = await askForJson(endpoint, question, options);
    usage = sumUsage(usage, answer.usage);
    return answer.value;
  };
  const { model: name } = endpoint;
  return {
    name,
    get usage() {
      return usage;
    },
    async vieScore({ source, result: target, instruction }) {
      const judgement = await judgePair(ask, name, { source, target, instruction }, vieScale);
      const { sc, pq } = vieScore(judgement);
      return { semantics: sc, quality: pq };
    },
    rate({ source, result }, text, count) {
      const one = Type.Object({
        name: Type.String(),
        score: Type.Integer({ minimum: 1, maximum: 5 }),
      });
      const scores = Type.Array(one, { minItems: count, maxItems: count });
      const schema = answerSchema({ reasoning: Type.String(), scores });
      return ask({ text, schema, pictures: [source, result] });
    },
  };
}

import Type, { type TObject } from "typebox";
import { answerSchema } from "../endpoints/answer-json.ts";
import type { ChatQuestion } from "../endpoints/chat-message.ts";
import type { Judgement, PairFacts } from "./assistant.ts";

/** Pictures are shown at most this large, both alike. */
const maxSide = 1500;

function semanticsQuestion(instruction: string, scale: number) {
  return {
    system: "You judge edits of pictures strictly and fairly.",
    text: `The second picture is the first one after somebody was asked: "${instruction}".
Give two numbers from 0 to ${scale} and the reason in at most 20 words.
instruction_follow: how far the edit does what was asked; 0 not at all, ${scale} wholly.
non-overedit: how far everything else stayed as it was; 0 it is another picture, ${scale} nothing else changed.`,
    schema: answerSchema({
      instruction_follow: Type.Number({ minimum: 0, maximum: scale }),
      "non-overedit": Type.Number({ minimum: 0, maximum: scale }),
      reasoning: Type.String(),
    }),
  };
}

function qualityQuestion(scale: number) {
  return {
    system: "You judge pictures strictly and fairly.",
    text: `Give this picture two numbers from 0 to ${scale} and the reason in at most 20 words.
naturalness: whether light, shadows, distances and the scene as a whole could be real; 0 not at all, ${scale} wholly.
no_artifacts: how free it is of distortion, blur, seams, repeated patches and broken shapes; 0 full of them, ${scale} free.`,
    schema: answerSchema({
      naturalness: Type.Number({ minimum: 0, maximum: scale }),
      no_artifacts: Type.Number({ minimum: 0, maximum: scale }),
      reasoning: Type.String(),
    }),
  };
}

/** Asks a question whose answer fits a schema. */
type Ask = <S extends TObject>(
  question: ChatQuestion & { readonly schema: S },
) => Promise<Type.Static<S>>;

/**
 * Judges an edit as VIEScore does, in our own words: what was asked by both pictures, quality by the edited one alone.
 * Source: VIEScore (arXiv:2312.14867).
 */
export async function judgePair(
  ask: Ask,
  judge: string,
  { source, target, instruction }: Pick<PairFacts, "source" | "target" | "instruction">,
  scale: number,
): Promise<Judgement> {
  const [semantics, quality] = await Promise.all([
    ask({ ...semanticsQuestion(instruction, scale), pictures: [source, target], maxSide }),
    ask({ ...qualityQuestion(scale), pictures: [target], maxSide }),
  ]);
  return { scale, judge, semantics, quality };
}

/** VIEScore's numbers of a judgement, on its own scale: the lower of each two, and the root of their product. */
export function vieScore({ semantics, quality }: Judgement) {
  const sc = Math.min(semantics.instruction_follow, semantics["non-overedit"]);
  const pq = Math.min(quality.naturalness, quality.no_artifacts);
  return { sc, pq, overall: Math.sqrt(sc * pq) };
}

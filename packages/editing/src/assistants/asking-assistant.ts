import Type, { type Static, type TObject } from "typebox";
import { answerSchema } from "../endpoints/answer-json.ts";
import type { ChatQuestion } from "../endpoints/chat-message.ts";
import type { Assistant, AssistantRun, NamedObject, PairFacts, Recaption } from "./assistant.ts";
import { checkedRecaption, recaptionFaults } from "./checked-recaption.ts";
import { mostWords } from "./instruction-fault.ts";
import { judgePair } from "./judge-pair.ts";

/** Asks a model a question whose answer fits a schema. */
export type AskModel = <S extends TObject>(
  question: ChatQuestion & { readonly schema: S },
  run: AssistantRun,
) => Promise<Static<S>>;

const named = answerSchema({
  category: Type.String(),
  name: Type.String(),
  description: Type.String(),
});

const captionQuestion = {
  system: "You describe photographs for people who cannot see them.",
  text: "Describe this photograph in two or three sentences: its objects with their colours and sizes, and where they stand to each other. Say nothing that you cannot see.",
  schema: answerSchema({ caption: Type.String() }),
};

const objectsQuestion = (caption: string) => ({
  system: "You prepare photographs for editing.",
  text: `A photograph is described like this:
"${caption}"
List every single thing in it that somebody could take out or exchange for something else. For each give: category, what kind of thing it is in one or two words; name, at most four words that find it in the photograph, such as "red cup"; description, one sentence with all that is said of it. List nothing that the description does not mention.`,
  schema: answerSchema({ objects: Type.Array(named) }),
});

const filterQuestion = ({ name, description }: NamedObject, caption: string) => ({
  system: "You prepare photographs for editing.",
  text: `A photograph is described like this:
"${caption}"
Somebody wants to take out "${name}" (${description}). That makes no sense for: landscape, sky, ground, walls and other scenery; parts of a body, and what is worn; the whole scene; abstract words such as light, mood or colour; words of the view such as foreground. Set keep to false for those, else to true, and say why in a few words.`,
  schema: answerSchema({ keep: Type.Boolean(), reason: Type.String() }),
});

const replacementQuestion = (object: string) => ({
  system: "You prepare photographs for editing.",
  text: `The photograph shows: ${object}. Name one other thing of about the same size that could stand in exactly its place and would look natural there. It has to be clearly another thing. name: at most four words; description: one sentence on how it looks there; category: one or two words.`,
  schema: named,
});

function recaptionQuestion(pair: PairFacts, faults: readonly string[]) {
  const { instruction, object } = pair;
  const again =
    faults.length === 0 ? "" : ` An earlier answer was wrong: ${faults.join("; ")}. Do better.`;
  return {
    system: "You write instructions for people who edit photographs.",
    text: `The first picture becomes the second one by this edit: "${instruction}". Write two other instructions for the same edit. Neither may contain the words "${object.label}" or another name for it; each is English and has at most ${mostWords} words.
understanding: points at the object by its colour, size or position, or by what is near it.
reasoning: a question or a riddle that takes some thought to find the object, by what it is for or what it does, and then says what to do.${again}`,
    pictures: [pair.source, pair.target],
    maxSide: 256,
    schema: answerSchema({ understanding: Type.String(), reasoning: Type.String() }),
  };
}

/** How often a recaption that breaks a rule is asked for. */
const recaptionTries = 3;

/** An assistant that asks a model for all that it is asked; what needs pictures needs a model that takes them. */
export function createAskingAssistant(name: string, ask: AskModel): Required<Assistant> {
  return {
    name,
    async caption(picture, run) {
      return (await ask({ ...captionQuestion, pictures: [picture] }, run)).caption.trim();
    },
    extractObjects: async (caption, run) => (await ask(objectsQuestion(caption), run)).objects,
    async objectionTo(object, caption, run) {
      const { keep, reason } = await ask(filterQuestion(object, caption), run);
      return keep ? undefined : reason;
    },
    proposeReplacement: (picture, { label, description = label }, run) =>
      ask({ ...replacementQuestion(description), pictures: [picture] }, run),
    async recaption(pair, run) {
      let recaption: Recaption | undefined;
      let faults: readonly string[] = [];
      for (let round = 0; round < recaptionTries; round++) {
        recaption = await ask(recaptionQuestion(pair, faults), run);
        faults = recaptionFaults(recaption, pair);
        if (faults.length === 0) return recaption;
      }
      return checkedRecaption(recaption as Recaption, pair);
    },
    judge: (pair, scale, run) => judgePair((question) => ask(question, run), name, pair, scale),
  };
}

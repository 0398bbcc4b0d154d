import { fitWithin } from "../pictures/fit-picture.ts";
import { type LanguageModel, likeliestTokens, type TokenOptions } from "./language-model.ts";
import type { VisualChat } from "./visual-chat.ts";

/** Longer sides are scaled down before the model sees a picture: some thousand tokens at most. */
const longerSide = 1024;

/** A language model that answers one question at a time. */
export function chatOf(model: LanguageModel, tokens: TokenOptions = likeliestTokens): VisualChat {
  return {
    readsPictures: model.readsPictures,
    async answer(opener, { system, text, pictures = [] }, { signal, maxTokens, onText }) {
      const orders = system === undefined ? [] : [{ role: "system", text: system } as const];
      const shown = pictures.map((picture) => fitWithin(picture, longerSide));
      const talk = [...orders, { role: "user", text, pictures: shown } as const];
      let answer = "";
      for await (const grown of model.answer(opener, talk, { ...tokens, maxTokens })) {
        signal.throwIfAborted();
        onText?.(grown);
        answer = grown;
      }
      return answer;
    },
  };
}

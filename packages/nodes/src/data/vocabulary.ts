import { emptyCaption } from "./captions.ts";
import { withArticle } from "./instructions.ts";
import {
  claims,
  colourWords,
  commands,
  placeWords,
  pointers,
  questions,
  relationWords,
  riddle,
  traitWords,
  type Wordings,
} from "./phrases.ts";
import { sceneObjects } from "./scene-objects.ts";

/** Every word that an instruction or a caption can hold, sorted. */
export const sceneVocabulary: readonly string[] = wordsOf([
  emptyCaption,
  "and",
  "the",
  ...sceneObjects.flatMap((object) => [withArticle(object), riddle(object.colour, "")]),
  ...Object.values(traitWords).flatMap(({ is, ask, nouns }) => [...is, ...ask, ...nouns]),
  ...sceneObjects.flatMap(({ colour }) => colourWords(colour).nouns),
  ...[commands, questions, placeWords, relationWords, { claims, pointers }]
    .flatMap((group): Wordings[] => Object.values(group))
    .flatMap(({ shared, held }) => [...shared, ...held]),
]);

function wordsOf(texts: readonly string[]): readonly string[] {
  const words = texts.flatMap((text) => text.replace(/\{\w+\}/g, " ").split(" "));
  return [...new Set(words)].filter((word) => word !== "").sort();
}

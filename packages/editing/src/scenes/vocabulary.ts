import { unknownWord } from "@insightgraph/models";
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
  sizeWords,
  traitWords,
  type Wordings,
} from "./phrases.ts";
import { sceneObjects, trainedObjects } from "./scene-objects.ts";
import { tints } from "./tint.ts";

const trained = sceneObjects.slice(0, trainedObjects);

/** The unknown-word token, then all words that training uses, sorted; names of held-out objects are excluded. */
export const sceneVocabulary: readonly string[] = [
  unknownWord,
  ...wordsOf([
    emptyCaption,
    "and",
    "the",
    ...tints,
    ...trained.flatMap((object) => [withArticle(object), riddle(object.colour, "")]),
    ...Object.values(traitWords).flatMap(({ is, ask, nouns }) => [...is, ...ask, ...nouns]),
    ...trained.flatMap(({ colour }) => colourWords(colour).nouns),
    ...[commands, questions, placeWords, relationWords, sizeWords, { claims, pointers }]
      .flatMap((group): Wordings[] => Object.values(group))
      .flatMap(({ shared, held }) => [...shared, ...held]),
  ]),
];

function wordsOf(texts: readonly string[]): readonly string[] {
  const words = texts.flatMap((text) => text.replace(/\{\w+\}/g, " ").split(" "));
  return [...new Set(words)].filter((word) => word !== "").sort();
}

import type { PairFacts, Recaption } from "./assistant.ts";
import { describeObject, type ObjectHints } from "./describe-object.ts";
import { broaderWord, objectClues } from "./object-clues.ts";
import { withArticle } from "./template-instruction.ts";

/** The kind that clues know an object by: its name, or the last words of it. */
function kindOf(label: string): string {
  const words = label.toLowerCase().split(" ");
  const ends = words.map((_, at) => words.slice(at).join(" "));
  return ends.find((end) => objectClues[end] !== undefined) ?? label;
}

/** "white animal", or "animal" where its colour does not tell it. */
function nounOf({ colour }: ObjectHints, kind: string): string {
  return [colour, broaderWord(kind)].filter((word) => word !== undefined).join(" ");
}

/** The best hint that is not the colour: a relation, else the size, else the place. */
function pointer(hints: ObjectHints, kind: string): string {
  const noun = nounOf(hints, kind);
  if (hints.relation !== undefined) return `the ${noun} ${hints.relation}`;
  if (hints.size !== undefined) return `the ${hints.size} ${noun} ${hints.place}`;
  return `the ${noun} ${hints.place}`;
}

/** "what barks and guards the home"; without a clue, what the picture shows of it. */
function riddle(hints: ObjectHints, kind: string): string {
  const clue = objectClues[kind];
  if (clue === undefined) return `what stands ${hints.relation ?? hints.place}`;
  return `${kind === "person" ? "whoever" : "what"} ${clue}`;
}

/** Instructions by colour, size, place and relation, and by what the object is for. */
export function ruleRecaption(pair: PairFacts): Recaption {
  const { source, target, mask, operation, object, others, replacement } = pair;
  const shown = operation === "add" ? target : source;
  const hints = describeObject(shown, mask, object, others);
  const kind = kindOf(object.label);
  const place = hints.relation ?? hints.place;
  switch (operation) {
    case "remove":
      return {
        understanding: `remove ${pointer(hints, kind)}`,
        reasoning: `find ${riddle(hints, kind)} and take it away`,
      };
    case "add":
      return {
        understanding: `add ${withArticle(nounOf(hints, kind))} ${place}`,
        reasoning:
          objectClues[kind] === undefined
            ? `something is missing ${place}, add it`
            : `${place}, add ${riddle(hints, kind)}`,
      };
    case "replace":
      return {
        understanding: `replace ${pointer(hints, kind)} with ${withArticle(replacement)}`,
        reasoning: `find ${riddle(hints, kind)} and put ${withArticle(replacement)} there instead`,
      };
  }
}

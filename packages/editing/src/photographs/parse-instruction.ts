import { unfitArgument } from "../errors.ts";
import type { BackgroundChange } from "./change-background.ts";
import { readObject } from "./object-words.ts";
import { singularsOf } from "./singular.ts";

/** Colours by the names that instructions use. */
const colours: Readonly<Record<string, string>> = {
  black: "#1a1a1a",
  white: "#f5f5f5",
  grey: "#808080",
  gray: "#808080",
  silver: "#c0c0c0",
  red: "#d01c1f",
  orange: "#f28500",
  yellow: "#f5d000",
  green: "#228b22",
  blue: "#1e5fd0",
  purple: "#7d3cb5",
  violet: "#7d3cb5",
  pink: "#ee6fa8",
  brown: "#7b4a24",
  beige: "#d9c7a0",
  turquoise: "#30c5b8",
  cyan: "#20c5d8",
  gold: "#d4a017",
  navy: "#1b2a6b",
  lime: "#8fd400",
};

/** An instruction as an operation on objects of one kind. */
export interface ParsedInstruction {
  readonly operation: "remove" | "recolour" | "background";
  /** The object in the instruction's words; for "background", what stays, or "" for whatever the surest object is. */
  readonly object: string;
  /** Whether all such objects are meant. */
  readonly isAll: boolean;
  /** `#rrggbb` of "recolour" and of a background's "colour". */
  readonly colour: string;
  readonly background: BackgroundChange;
}

const remove =
  /^(?:remove|erase|delete|take (?:out|away|off)|get rid of|cut out|clear|eliminate|hide|drop|wipe out) (.+)$/;
const without = /^make (.+) (?:disappear|vanish|go away)$/;
const colourNames = Object.keys(colours).join("|");
const recolour = new RegExp(
  `^(?:make|turn|paint|colou?r|recolou?r|dye|change|tint)(?: the colou?r of)? (.+?)(?: colou?r)?(?: to| into| in)? (?:be )?(${colourNames}|#[\\da-f]{6})$`,
);
const place = "(?:the |everything in the )?(?:background|backdrop|surroundings|everything else)";
const blur = new RegExp(
  `^(?:blur|soften|defocus)(?: out)? ${place}(?: (?:of|behind|around) (.+))?$`,
);
const grey = new RegExp(
  `^(?:make|turn|paint|change|desaturate|colou?r) ${place}(?: (?:of|behind|around) (.+?))?(?: to| into| in)?(?: (?:black and white|gr[ea]y|greyscale|grayscale|monochrome))?$`,
);
const paint = new RegExp(
  `^(?:make|turn|paint|change|replace|fill|colou?r|set) ${place}(?: (?:of|behind|around) (.+?))?(?: to| into| with| by| in)? (?:plain |solid |an? )?(${colourNames}|#[\\da-f]{6})$`,
);
const articles =
  /^(?:the|a|an|my|this|that|these|those|his|her|their|our|all|every|each|both|all of the|all the)\b\s*/;

function simplify(instruction: string): string {
  const plain = instruction
    .toLowerCase()
    .replace(/[.!?"“”,;]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain
    .replace(/^(?:please|now|can you|could you|would you|i want you to|let's)\s+/g, "")
    .replace(
      /\s+(?:please|from (?:the|this) (?:photo|picture|image|scene)(?:graph)?|in (?:the|this) (?:photo|picture|image)(?:graph)?|for me|completely|entirely)$/g,
      "",
    );
}

type NamedObject = Pick<ParsedInstruction, "object" | "isAll">;

/** Whether a noun that no table knows looks like a plural. */
const looksPlural = (phrase: string): boolean =>
  singularsOf(phrase).length > 0 && !/(?:ss|us|is)$/.test(phrase);

function namedObject(phrase: string): NamedObject {
  const object = phrase.replace(articles, "").replace(articles, "");
  const meaning = readObject(object);
  const isPlural = "kind" in meaning ? meaning.isPlural : looksPlural(object);
  return { object, isAll: isPlural || /^(?:all|every|each|both)\b/.test(phrase) };
}

const objectOr = (phrase: string | undefined): NamedObject =>
  phrase === undefined ? { object: "", isAll: false } : namedObject(phrase);

function hexOf(name: string): string {
  return colours[name] ?? name;
}

/**
 * Reads an instruction by a small grammar: remove an object, give it a colour, or blur, grey or paint the background.
 * Which objects there are is the detector's to say. Throws: argument.unfit at `instruction` where it says something else.
 */
export function parseInstruction(instruction: string): ParsedInstruction {
  const text = simplify(instruction);
  const plain = { colour: "", background: "blur" } as const;
  const blurred = blur.exec(text);
  if (blurred !== null) return { operation: "background", ...objectOr(blurred[1]), ...plain };
  const painted = paint.exec(text);
  if (painted !== null && !/gr[ea]y$/.test(text)) {
    const colour = hexOf(painted[2] ?? "");
    return { operation: "background", ...objectOr(painted[1]), colour, background: "colour" };
  }
  const greyed = /(?:gr[ea]y|scale|white|monochrome)$|^desaturate/.test(text)
    ? grey.exec(text)
    : null;
  if (greyed !== null) {
    return { operation: "background", ...objectOr(greyed[1]), colour: "", background: "grey" };
  }
  const gone = remove.exec(text) ?? without.exec(text);
  if (gone !== null) return { operation: "remove", ...namedObject(gone[1] ?? ""), ...plain };
  const coloured = recolour.exec(text);
  if (coloured !== null) {
    const colour = hexOf(coloured[2] ?? "");
    return { operation: "recolour", ...namedObject(coloured[1] ?? ""), colour, background: "blur" };
  }
  throw unfitArgument(
    "instruction",
    `"${instruction}" is not understood.`,
    'Write it like "remove the dog", "make the car blue", "blur the background" or "make the background white".',
  );
}

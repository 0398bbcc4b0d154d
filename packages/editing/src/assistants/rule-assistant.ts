import { createHash } from "node:crypto";
import type { Detector } from "../architectures/detector.ts";
import { unfitArgument } from "../errors.ts";
import { findEveryKind } from "../photographs/find-objects.ts";
import { readObject } from "../photographs/object-words.ts";
import type { Assistant, NamedObject } from "./assistant.ts";
import { checkedRecaption } from "./checked-recaption.ts";
import { alikeKinds } from "./object-clues.ts";
import { ruleRecaption } from "./rule-recaption.ts";
import { withArticle } from "./template-instruction.ts";

const numbers = ["", "", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

function plural(kind: string): string {
  if (kind === "person") return "people";
  if (/[^su]s$/.test(kind)) return kind;
  if (/(?:s|x|ch|sh)$/.test(kind)) return `${kind}es`;
  return kind.endsWith("fe") ? `${kind.slice(0, -2)}ves` : `${kind}s`;
}

/** "two cups, a spoon and a dining table" */
function listObjects(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) =>
    count === 1 ? withArticle(kind) : `${numbers[count] ?? "many"} ${plural(kind)}`,
  );
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

/** Noun phrases of a caption: what stands between articles, prepositions, verbs and commas. */
function phrasesOf(caption: string): readonly string[] {
  const ends =
    /[,.;:!?]|\b(?:a|an|the|some|two|three|four|five|six|seven|eight|nine|many|several|and|or|of|with|in|on|at|by|near|next to|beside|behind|before|under|above|over|is|are|that|which|there|its|his|her|their)\b/;
  return caption
    .toLowerCase()
    .split(ends)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");
}

/** What cannot be edited by removing or adding it alone. */
const worn = new Set(["tie", "backpack", "handbag", "skis", "snowboard", "baseball glove"]);
/** What carries other things: without it they would hang in the air. */
const ground = new Set(["dining table", "bed", "sink"]);

function proposalFor(kind: string): string {
  const others = alikeKinds.find((kinds) => kinds.includes(kind))?.filter((one) => one !== kind);
  if (others === undefined) {
    const what = `no rule says what could stand in place of ${withArticle(kind)}.`;
    throw unfitArgument("object", what, "Name a replacement, or connect a chat endpoint.");
  }
  const draw = createHash("sha256").update(kind).digest().readUInt32LE() % others.length;
  return others[draw] ?? kind;
}

/** The objects of a caption whose words the table of object words knows, each kind once. */
function knownObjects(caption: string): readonly NamedObject[] {
  const found = new Map<string, NamedObject>();
  for (const phrase of phrasesOf(caption)) {
    const meaning = readObject(phrase);
    if (!("kind" in meaning) || found.has(meaning.kind)) continue;
    const { kind } = meaning;
    found.set(kind, { category: kind, name: kind, description: phrase });
  }
  return [...found.values()];
}

/** An assistant that only knows what a detector and tables of words say. It cannot judge pictures. */
export function createRuleAssistant(detector: Detector): Assistant {
  return {
    name: "rules",
    async caption(picture, run) {
      const options = { threshold: 0.35, isThorough: true };
      const found = await findEveryKind(run, detector, picture, options);
      if (found.length === 0) return "A photograph without any known object.";
      return `A photograph of ${listObjects(found.map(({ label }) => label))}.`;
    },
    extractObjects: async (caption) => knownObjects(caption),
    async objectionTo({ category }) {
      if (worn.has(category)) return "it is worn or carried";
      return ground.has(category) ? "other things stand on it or in it" : undefined;
    },
    async proposeReplacement(_, { label }) {
      const name = proposalFor(label);
      return { category: name, name, description: `${withArticle(name)} in place of the ${label}` };
    },
    recaption: async (pair) => checkedRecaption(ruleRecaption(pair), pair),
  };
}

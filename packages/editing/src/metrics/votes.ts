import Type from "typebox";
import Value from "typebox/value";
import { EditingError } from "../errors.ts";
import type { Vote } from "./bradley-terry.ts";

/** A vote on two variants' results for one item. */
export interface ItemVote extends Vote {
  readonly item: string;
  /** Who voted: a person, or a model. */
  readonly judge: string;
}

const line = Type.Object({
  item: Type.String(),
  left: Type.String(),
  right: Type.String(),
  choice: Type.Union([Type.Literal("left"), Type.Literal("right"), Type.Literal("tie")]),
  judge: Type.String(),
});

function parseLine(text: string, place: string): ItemVote {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (Value.Check(line, value) && value.left !== value.right) return value;
  throw new EditingError("argument.unfit", `${place} is no vote`, {
    argument: "votes",
    hint: 'Write lines of {"item": …, "left": …, "right": …, "choice": "left", "right" or "tie", "judge": …}.',
  });
}

/** Reads votes, a line each. @param file For messages. Throws: argument.unfit for a line that is none. */
export function parseVotes(text: string, file: string): readonly ItemVote[] {
  return text
    .split("\n")
    .map((line, at) => [line.trim(), `${file}:${at + 1}`] as const)
    .filter(([line]) => line !== "")
    .map(([line, place]) => parseLine(line, place));
}

/** What a vote says, whichever side each result stood on; equal for votes on the same case. */
function caseOf({ item, left, right }: ItemVote): string {
  return JSON.stringify([item, ...[left, right].sort()]);
}

function preferred({ left, right, choice }: ItemVote): string {
  if (choice === "tie") return "";
  return choice === "left" ? left : right;
}

/** What two judges said of the cases that both judged; of several votes of one judge on a case, the last. */
export function sharedCases(
  votes: readonly ItemVote[],
  judges: readonly [string, string],
): readonly (readonly [string, string])[] {
  const [first, second] = judges.map((judge) => {
    const own = votes.filter((vote) => vote.judge === judge);
    return new Map(own.map((vote) => [caseOf(vote), preferred(vote)]));
  });
  return [...(first ?? [])].flatMap(([key, one]) => {
    const other = second?.get(key);
    return other === undefined ? [] : [[one, other] as const];
  });
}

/** Of several votes of one judge on the same case, the last. */
export function latestVotes(votes: readonly ItemVote[]): readonly ItemVote[] {
  const latest = new Map(votes.map((vote) => [`${vote.judge} ${caseOf(vote)}`, vote]));
  return [...latest.values()];
}

/** Every two judges. */
export function judgePairs(votes: readonly ItemVote[]): readonly (readonly [string, string])[] {
  const judges = [...new Set(votes.map(({ judge }) => judge))].sort();
  return judges.flatMap((one, at) => judges.slice(at + 1).map((other) => [one, other] as const));
}

import { expect, test } from "vitest";
import { type ItemVote, parseVotes, sharedCases } from "./votes.ts";

const vote = (judge: string, choice: ItemVote["choice"], item = "x"): ItemVote => ({
  ...{ item, left: "a", right: "b", choice, judge },
});
const lines = (...votes: readonly object[]) => votes.map((one) => JSON.stringify(one)).join("\n");

test("reads votes, and names the line that is none", () => {
  const votes = [vote("Ann", "left"), vote("Ann", "tie", "y")];
  expect(parseVotes(`${lines(...votes)}\n\n`, "v.jsonl")).toEqual(votes);
  for (const wrong of ["{", "1", lines({ ...vote("A", "left"), choice: "both" })]) {
    expect(() => parseVotes(`${lines(vote("A", "left"))}\n${wrong}`, "v.jsonl")).toThrow(
      "v.jsonl:2 is no vote",
    );
  }
  expect(() => parseVotes(lines({ ...vote("A", "left"), right: "a" }), "v")).toThrow("v:1");
});

test("judges share a case whichever side each result stood on, and the last vote counts", () => {
  const turned = { ...vote("Model", "right"), left: "b", right: "a" };
  const votes = [vote("Ann", "right"), vote("Ann", "left"), turned, vote("Ann", "tie", "y")];
  expect(sharedCases(votes, ["Ann", "Model"])).toEqual([["a", "a"]]);
  expect(sharedCases([...votes, vote("Model", "left", "y")], ["Ann", "Model"])).toEqual([
    ["a", "a"],
    ["", "a"],
  ]);
});

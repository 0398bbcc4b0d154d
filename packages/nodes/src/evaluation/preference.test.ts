import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { evaluationPreference } from "./preference.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "preference-"));
});
afterAll(() => rm(folder, { recursive: true }));

const vote = (item: string, choice: string, judge: string) =>
  JSON.stringify({ item, left: "full", right: "without IAA", choice, judge });
const run = async (votes: readonly string[], judged?: string) => {
  const file = path.join(folder, "votes.jsonl");
  await writeFile(file, votes.map((line) => `${line}\n`).join(""));
  const params = { votes: file };
  return evaluationPreference.run({ judged }, params, runContext());
};
const cells = (table: string) =>
  table.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test("three wins of four are log odds, with an interval around them", async () => {
  const choices = ["left", "left", "left", "right"];
  const { table, count } = await run(choices.map((choice, at) => vote(`${at}`, choice, "Ann")));
  expect(count).toBe(4);
  const [head, , first, second] = cells(table);
  expect(head).toEqual(["result", "score", "95 % from", "95 % to", "votes"]);
  // One tie is added for the pair: 3.5 wins to 1.5, and the mean of both scores is 0.
  const score = Math.log(3.5 / 1.5) / 2;
  expect(first?.[0]).toBe("full");
  expect(Number(first?.[1])).toBeCloseTo(score, 3);
  expect(Number(second?.[1])).toBeCloseTo(-score, 3);
  expect(Number(first?.[2])).toBeLessThan(score);
  expect(Number(first?.[3])).toBeGreaterThan(score);
});

test("a model is held against people; a changed vote counts once", async () => {
  const people = [vote("a", "right", "Ann"), vote("a", "left", "Ann"), vote("b", "tie", "Ann")];
  const judged = [vote("a", "left", "judge"), vote("b", "left", "judge")].join("\n");
  const { agreement, count } = await run(people, judged);
  expect(count).toBe(4);
  expect(cells(agreement)[2]).toEqual(["Ann", "judge", "2", "0.5", "0"]);
});

test.each([
  [[], undefined, /there are no votes/],
  [["{}"], undefined, /votes\.jsonl:1 is no vote/],
  [[], "1", /judged, line:1 is no vote/],
])("refuses %j with %j", async (votes, judged, what) => {
  await expect(run(votes, judged)).rejects.toMatchObject({ what: expect.stringMatching(what) });
});

test("names a file that is not there", async () => {
  const params = { votes: path.join(folder, "none.jsonl") };
  await expect(evaluationPreference.run({}, params, runContext())).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.votes" },
  });
});

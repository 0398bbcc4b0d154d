import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { listCollect } from "./collect.ts";

async function* count(end: number): AsyncGenerator<number, void> {
  for (let at = 0; at < end; at++) yield at;
}

test("holds all items, and refuses more than it may", async () => {
  const run = async (most: number) => listCollect.run({ stream: count(3) }, { most }, plainRun);
  expect(await run(3)).toEqual({ list: [0, 1, 2] });
  await expect(run(2)).rejects.toMatchObject({
    code: "node.bad-input",
    what: "the stream has more than 2 items",
  });
});

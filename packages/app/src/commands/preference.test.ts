import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "../command-line.fixture.ts";

let line: CommandLine;

beforeAll(async () => {
  line = await createCommandLine();
});

afterAll(() => line.remove());

test("scores votes; agreement beyond chance is undefined where judges know one answer", async () => {
  const votes = ["Ada", "Bo"].flatMap((judge) =>
    ["first", "second"].map((item) => ({ item, left: "x", right: "y", choice: "left", judge })),
  );
  const file = path.join(line.folder, "votes.jsonl");
  await writeFile(file, votes.map((vote) => JSON.stringify(vote)).join("\n"));
  expect(await line.run("preference", "scores", file)).toMatchObject({
    code: 0,
    out: [
      "x: 1.10 (1.10 to 1.10), 4 votes",
      "y: -1.10 (-1.10 to -1.10), 4 votes",
      "Ada and Bo agree on 100 % of 2 cases, kappa undefined",
      "",
    ].join("\n"),
  });
});

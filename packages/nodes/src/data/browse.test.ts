import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { dataBrowse } from "./browse.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-browse-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("counts records by kind of edit, without those that a person rejected", async () => {
  const lines = ["remove", "remove", "add"].map((kind, at) =>
    JSON.stringify({ key: `r${at}`, edit_type: kind }),
  );
  await writeFile(path.join(folder, "set.jsonl"), [...lines, "no JSON"].join("\n"));
  const count = () => dataBrowse.run({}, { dataset: folder }, plainRun);
  expect(await count()).toEqual({
    records: 3,
    summary: "| edit | records |\n|---|---:|\n| remove | 2 |\n| add | 1 |",
  });
  await mkdir(path.join(folder, ".insightgraph"));
  await writeFile(
    path.join(folder, ".insightgraph/decisions.jsonl"),
    `${JSON.stringify({ set: [["r0", { decision: "rejected", made: "" }]] })}\n`,
  );
  expect(await count()).toMatchObject({ records: 2 });
});

test("a data set that is not there is refused", async () => {
  const dataset = path.join(folder, "nowhere");
  await expect(dataBrowse.run({}, { dataset }, plainRun)).rejects.toThrow("is not there");
});

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { createCommandLine } from "../../command-line.fixture.ts";

test("dataset browse serves the page at a data set outside of the workspace", async () => {
  const line = await createCommandLine();
  const place = path.join(line.folder, "elsewhere/set.jsonl");
  await mkdir(path.dirname(place));
  await writeFile(place, '{"key":"a","instruction":"remove it"}\n');
  const { child, answer } = line.start("dataset", "browse", "elsewhere/set.jsonl", "--port", "0");
  const address = await new Promise<URL>((resolve) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk;
      const found = /http:\S+/.exec(said)?.[0];
      if (found !== undefined) resolve(new URL(found));
    });
  });
  expect(new URLSearchParams(address.hash.slice(1)).get("dataset")).toBe(place);
  const asked = new URL(`/api/datasets/records?path=${encodeURIComponent(place)}`, address);
  await expect
    .poll(async () => (await fetch(asked)).json())
    .toMatchObject({ total: 1, records: [{ key: "a", status: "kept" }] });
  child.kill("SIGTERM");
  expect((await answer).code).toBe(0);
  await line.remove();
});

test.each([
  [[], "the data set is missing"],
  [["nowhere"], "is not there"],
])("dataset browse %j is refused", async (args, what) => {
  const line = await createCommandLine();
  const { code, errors } = await line.run("dataset", "browse", ...args);
  expect([code, errors]).toEqual([2, expect.stringContaining(what)]);
  await line.remove();
});

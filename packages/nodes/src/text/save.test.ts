import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { textSave } from "./save.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "insightgraph-text-"));
});
afterEach(() => rm(folder, { recursive: true }));

test.each(["a.txt", "a.JSON", "a.csv", "a.md"])(
  "writes what it was given to %s alone",
  async (name) => {
    const path = join(folder, name);
    await textSave.run({ text: "äpfel\n" }, { path, existing: "number" }, plainRun);
    expect(await readFile(path, "utf8")).toBe("äpfel\n");
    expect(await readdir(folder)).toEqual([name]);
  },
);

test.each([
  [["gone", "a.txt"], "there is no folder"],
  [["taken.txt"], "is a folder"],
  [["a.sh"], "does not end as a text file does"],
  [[".bashrc"], "does not end as a text file does"],
])("refuses %j clearly and leaves nothing behind", async (names, what) => {
  await mkdir(join(folder, "taken.txt"));
  const path = join(folder, ...names);
  const save = shownBy(textSave, () =>
    textSave.run({ text: "a" }, { path, existing: "number" }, plainRun),
  );
  await expect(save).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.path" },
    what: expect.stringContaining(what),
  });
  expect(await readdir(folder)).toEqual(["taken.txt"]);
});

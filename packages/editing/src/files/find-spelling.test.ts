import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findSpelling } from "./find-spelling.ts";
import { digestFile, readWhole } from "./read-whole.ts";
import { requireFolder } from "./write-whole.ts";

const composed = "caf\u00e9";
const decomposed = "cafe\u0301";
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "spelling-"));
  await mkdir(path.join(folder, "in", decomposed), { recursive: true });
  await writeFile(path.join(folder, "in", decomposed, `${composed}.txt`), "found");
});
afterAll(() => rm(folder, { recursive: true }));

const at = (...names: string[]): string => path.join(folder, ...names);
const argument = { argument: "path", kind: "a text", maxBytes: 100 };

const spellings: readonly (readonly [string, string])[] = [
  ["accents in the other form", `in/${composed}/${decomposed}.txt`],
  ["back-slashes", `in\\${decomposed}\\${composed}.txt`],
];

test.skipIf(path.sep === "\\").each(spellings)("a file is found by %s", async (_, name) => {
  const file = `${folder}/${name}`;
  const found = at("in", decomposed, `${composed}.txt`);
  expect(await findSpelling(file)).toBe(found);
  const bytes = await readWhole({ path: file, ...argument });
  expect(new TextDecoder().decode(bytes)).toBe("found");
  expect(await digestFile({ path: file, ...argument })).toBe(
    await digestFile({ path: found, ...argument }),
  );
});

test("what is not there by any spelling is not found", async () => {
  expect(await findSpelling(at("in", "gone.txt"))).toBeUndefined();
  await expect(readWhole({ path: at("in", "gone.txt"), ...argument })).rejects.toMatchObject({
    what: `"${at("in", "gone.txt")}" is not there`,
  });
});

test.skipIf(path.sep === "\\")("a path to save at says how its folder is spelt", async () => {
  await expect(requireFolder(`${folder}\\in\\a.txt`)).rejects.toMatchObject({
    code: "argument.unfit",
    argument: "path",
    what: expect.stringContaining("has back-slashes"),
    hint: `Write "${folder}/in/a.txt".`,
  });
  await expect(requireFolder(at("in", composed, "a.txt"))).rejects.toMatchObject({
    what: expect.stringContaining("there is no folder"),
    hint: expect.stringContaining("another Unicode form"),
  });
});

import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFault, writeWhole } from "./write-whole.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "write-whole-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("writes texts and parts, in place of what was there", async () => {
  const file = path.join(folder, "a");
  await writeFile(file, "older and longer");
  await writeWhole(file, [Uint8Array.of(65, 66), Uint8Array.of(67)], { modifiedMs: 5000 });
  expect(await readFile(file, "utf8")).toBe("ABC");
  expect((await stat(file)).mtimeMs).toBe(5000);
  await writeWhole(file, "ä");
  expect(await readFile(file, "utf8")).toBe("ä");
  expect(await readdir(folder)).toEqual(["a"]);
});

test.each([
  [["taken"], "it is a folder"],
  [["gone", "a"], "its folder does not exist"],
])("%j fails clearly and leaves nothing behind", async (names, reason) => {
  await mkdir(path.join(folder, "taken"));
  const file = path.join(folder, ...names);
  await expect(writeWhole(file, "a")).rejects.toMatchObject({
    code: "file.unwritable",
    what: `"${file}": ${reason}`,
  });
  expect(await readdir(folder)).toEqual(["taken"]);
});

test("a full disk is told from a wrong path", () => {
  const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
  expect(writeFault("a.png", full)).toMatchObject({ code: "disk.full", cause: full });
  expect(writeFault("a.png", writeFault("b.png", full)).what).toContain("b.png");
});

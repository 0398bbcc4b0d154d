import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReachGuard } from "../execute/file-reach.ts";
import { listPaths } from "./list-paths.ts";

let folder = "";
const at = (...parts: string[]): string => path.join(folder, ...parts);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "list-paths-"));
  for (const name of ["work/pictures", "work/.hidden", "outside", "allowed"]) {
    await mkdir(at(name), { recursive: true });
  }
  for (const name of ["work/b.png", "work/a.png", "work/pictures/one.png", "outside/secret.png"]) {
    await writeFile(at(name), "");
  }
  await symlink(at("outside"), at("work/way-out"));
});
afterAll(() => rm(folder, { recursive: true }));

function list(asked: string) {
  const workDir = at("work");
  const allowedDirs = [at("allowed")];
  const { mayRead } = createReachGuard({ read: [workDir, ...allowedDirs], write: [], except: [] });
  return listPaths(asked, { workDir, allowedDirs, mayRead });
}

test("a folder of the workspace is listed, folders first, hidden ones left out", async () => {
  const { entries, parent } = await list("");
  expect(entries.map(({ path: name }) => name)).toEqual([
    ...["pictures", "way-out", "a.png", "b.png"],
    at("allowed"),
  ]);
  expect(parent).toBeUndefined();
  expect(await list("pictures")).toEqual({
    folder: "pictures",
    parent: "",
    entries: [{ name: "one.png", path: "pictures/one.png", isFolder: false }],
  });
  expect((await list(at("allowed"))).parent).toBeUndefined();
});

test("nothing outside the reach is listed, by any path or link", async () => {
  for (const asked of ["..", "../outside", at("outside"), "way-out", "pictures/../../outside"]) {
    await expect(list(asked), asked).rejects.toMatchObject({ code: "node.bad-input" });
  }
  await expect(list("gone")).rejects.toMatchObject({ code: "file.unreadable" });
  await expect(list("a.png")).rejects.toMatchObject({ code: "file.unreadable" });
});

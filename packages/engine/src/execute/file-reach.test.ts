import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkReach, createReachGuard, type ReachGuard } from "./file-reach.ts";

let root = "";
let guard: ReachGuard;
const at = (...parts: string[]): string => path.join(root, ...parts);

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), "insightgraph-reach-")));
  for (const folder of ["work/sub", "work/data/uploads", "outside", "shared"]) {
    await mkdir(at(folder), { recursive: true });
  }
  await writeFile(at("outside/secret.png"), "");
  await symlink(at("outside"), at("work/way-out"));
  await symlink(at("outside/new.png"), at("work/nowhere.png"));
  await symlink(at("work"), at("link-to-work"));
  guard = createReachGuard({
    read: [at("link-to-work"), at("shared"), at("work/data/uploads")],
    write: [at("work")],
    except: [at("work/data")],
  });
});
afterAll(() => rm(root, { recursive: true }));

test.each([
  ["a file in the workspace", "work/a.png"],
  ["a folder that does not exist yet", "work/new/deep/a.png"],
  ["a name that begins with dots", "work/..a.png"],
  ["another folder that is allowed", "shared/a.png"],
  ["an allowed folder inside a forbidden one", "work/data/uploads/a.png"],
])("[A4] %s may be read", async (_what, file) => {
  await guard.mayRead(at(file));
});

test.each([
  ["a file outside", "outside/secret.png"],
  ["a way up", "work/../outside/secret.png"],
  ["a link to a folder outside", "work/way-out/secret.png"],
  ["a link to a file that is not there yet", "work/nowhere.png"],
  ["a folder with the same beginning", "work-2/a.png"],
  ["the data folder", "work/data/jobs.db"],
])("[A4] %s may be neither read nor written", async (_what, file) => {
  await expect(guard.mayRead(at(file))).rejects.toMatchObject({ code: "node.bad-input" });
  await expect(guard.mayWrite(at(file))).rejects.toMatchObject({ code: "node.bad-input" });
});

test("[A4] what may be read need not be writable", async () => {
  await expect(guard.mayWrite(at("shared/a.png"))).rejects.toThrow("may write");
});

test("without a reach, nothing is refused", async () => {
  await createReachGuard(undefined).mayWrite("/etc/hosts");
});

test("[A4] params that name files and folders are checked, each for its purpose", async () => {
  const file = { kind: "file", default: "", doc: "D." } as const;
  const params = {
    open: { ...file, purpose: "open" },
    save: { ...file, purpose: "save" },
    checkpoint: { kind: "text", default: "", doc: "D.", folderPrefix: "dir:" },
  } as const;
  await checkReach(guard, params, {
    ...{ open: at("shared/a"), save: at("work/a"), checkpoint: "name" },
  });
  for (const settings of [
    { open: at("outside/a") },
    { save: at("shared/a") },
    { checkpoint: `dir:${at("outside")}` },
  ]) {
    const [name] = Object.keys(settings);
    await expect(checkReach(guard, params, settings)).rejects.toMatchObject({
      at: { path: `params.${name}` },
    });
  }
});

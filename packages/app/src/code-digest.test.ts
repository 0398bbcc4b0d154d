import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { digestedFiles } from "./code-digest.ts";
import { projectDir } from "./places.ts";

const scope = "@insightgraph/";

/** A package and all packages of the project that it depends on. */
async function withDependencies(name: string): Promise<readonly string[]> {
  const text = await readFile(path.join(projectDir, "packages", name, "package.json"), "utf8");
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
  const own = Object.keys(dependencies).filter((dependency) => dependency.startsWith(scope));
  const below = await Promise.all(own.map((each) => withDependencies(each.slice(scope.length))));
  return [...new Set([name, ...below.flat()])];
}

test("covers the code of the node pack and of every package that it depends on", async () => {
  const files = await digestedFiles();
  const covered = files.map((file) => path.relative(projectDir, file).split(path.sep)[1]);
  expect(new Set(covered)).toEqual(new Set(await withDependencies("nodes")));
  expect(files.some((file) => file.includes(".test."))).toBe(false);
});

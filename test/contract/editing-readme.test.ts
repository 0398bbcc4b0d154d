import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const editing = path.join(root, "packages/editing");

/** Inside the package, where its own name and its dependencies resolve; git ignores the folder. */
const script = path.join(editing, `dist/readme-example-${process.pid}.mts`);

test("the example in editing's README edits a picture", async () => {
  const readme = await readFile(path.join(editing, "README.md"), "utf8");
  const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const folder = await mkdtemp(path.join(tmpdir(), "readme-"));
  const sample = path.join(root, "graphs/samples/rabbit-teddy-apple.png");
  try {
    await mkdir(path.dirname(script), { recursive: true });
    await writeFile(script, example.replace("graphs/samples/rabbit-teddy-apple.png", sample));
    const conditions = "--conditions=@insightgraph/source";
    const tsx = path.join(root, "node_modules/tsx/dist/esm/index.mjs");
    await promisify(execFile)(process.execPath, [conditions, "--import", tsx, script], {
      cwd: folder,
    });
    const { width, height } = await sharp(path.join(folder, "edited.png")).metadata();
    expect([width, height]).toEqual([128, 128]);
  } finally {
    await rm(script, { force: true });
    await rm(folder, { recursive: true });
  }
});

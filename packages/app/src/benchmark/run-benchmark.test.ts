import { readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "../command-line.fixture.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../../test/fixtures/benchmarks/${name}`, import.meta.url));

/** Edits without a network: makes every picture smaller. */
const shrink = {
  format: "insightgraph",
  version: 1,
  nodes: {
    load: { type: "image.load", version: 1 },
    words: { type: "text.value", version: 1 },
    small: {
      type: "image.resize",
      version: 1,
      params: { width: 8 },
      inputs: { image: { node: "load", output: "image" } },
    },
  },
  inputs: {
    picture: { node: "load", param: "path" },
    instruction: { node: "words", param: "text" },
  },
  outputs: { picture: { node: "small", output: "image" } },
};

let line: CommandLine;
beforeEach(async () => {
  line = await createCommandLine();
  await writeFile(path.join(line.folder, "shrink.json"), JSON.stringify(shrink));
});
afterEach(() => line.remove());

const evaluate = (name: string, ...more: string[]) =>
  line.run(
    ...["eval", "--benchmark", name, "--folder", fixture(name), "--out", "out"],
    ...["--graph", "shrink.json", ...more],
  );
const inOut = (file: string): string => path.join(line.folder, "out", file);

test("edits, scores, and goes on where it stopped: what is there is kept", async () => {
  const first = await evaluate("gedit");
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/^\| Average \| 3 \| – \| – \| – \|/m);
  expect(first.errors).toContain("3 of 3: k3 done");
  const kept = inOut("fullset/color_alter/en/k1.png");
  const { mtimeMs } = await stat(kept);
  const lost = inOut("fullset/color_alter/en/k2.png");
  await rm(lost);
  const again = await evaluate("gedit", "--json");
  expect(again.errors.match(/ of 3: .* done/g)).toEqual([" of 3: k2 done"]);
  expect((await stat(kept)).mtimeMs).toBe(mtimeMs);
  const report = JSON.parse(again.out);
  expect(report).toMatchObject({ benchmark: "gedit", missing: [] });
  expect(JSON.parse(await readFile(inOut("report.json"), "utf8"))).toEqual(report);
  await stat(inOut("fullset/color_alter/en/k1_SRCIMG.png"));
});

test("an item that fails is named and left out; n, and the exit code, say so", async () => {
  const broken = { ...shrink.nodes.small, params: { width: 100_000 } };
  const nodes = { ...shrink.nodes, small: broken };
  await writeFile(path.join(line.folder, "shrink.json"), JSON.stringify({ ...shrink, nodes }));
  const { code, out, errors } = await evaluate("magicbrush", "--count", "2");
  expect(code).not.toBe(0);
  expect(errors).toMatch(/^1 of 2: 139\/139_1.png failed: /m);
  expect(out).toMatch(/^\| single-turn \| 0 \| – \|/m);
});

test.each([
  [["--benchmark", "gedit"], "--benchmark needs --folder and --out"],
  [["--benchmark", "gedit", "--folder", ".", "--out", "o", "--count", "0"], "--count 0"],
  [["--benchmark", "no-such", "--folder", ".", "--out", "o"], 'no benchmark "no-such"'],
  [["--benchmark", "gedit", "--folder", "nowhere", "--out", "o"], "nowhere"],
])("refuses %s before anything runs", async (args, what) => {
  const { code, errors } = await line.run("eval", ...args);
  expect(code).toBe(2);
  expect(errors).toContain(what);
});

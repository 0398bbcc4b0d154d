import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { commands } from "./commands.ts";

const { folder, run: insightgraph, remove } = await createCommandLine();
beforeAll(async () => {
  const pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await writeFile(path.join(folder, "a.png"), Buffer.from(pixel, "base64"));
  // Another picture: equal ones would be loaded once.
  await sharp(path.join(folder, "a.png"))
    .negate({ alpha: false })
    .toFile(path.join(folder, "b.png"));
  await writeFile(path.join(folder, "torn.png"), "no picture");
  await writeFile(path.join(folder, "pair.json"), JSON.stringify(pair));
});
afterAll(remove);

const image = (node: string) => ({ node, output: "image" });
const pair = {
  format: "insightgraph",
  version: 1,
  nodes: {
    left: { type: "image.load", version: 1, params: { path: "a.png" } },
    right: { type: "image.load", version: 1, params: { path: "b.png" } },
    both: {
      type: "image.compare",
      version: 1,
      inputs: { before: image("left"), after: image("right") },
    },
    words: { type: "text.value", version: 1, params: { text: "hello" } },
  },
  inputs: { words: { node: "words", param: "text" } },
  outputs: { pair: image("both"), words: { node: "words", output: "text" } },
};

describe("insightgraph", () => {
  test("--help lists every command; a command's --help describes it", async () => {
    const { code, out } = await insightgraph("--help");
    expect(code).toBe(0);
    const lines = out.split("\n").map((line) => line.trim().split(/ {2,}/));
    for (const [name, { summary }] of Object.entries(commands)) {
      expect(lines).toContainEqual([name, summary]);
    }
    expect(out).toContain("exit codes: 0 done, 1 the run failed, 2 the input is invalid");
    expect((await insightgraph("edit", "--help")).out).toContain("--no-iaa");
  });

  test("run writes a named output, prints texts, and takes params", async () => {
    const { code, out, errors } = await insightgraph(
      ...["run", "pair.json", "--output", "pair=pair.png", "--set", "words=bye"],
    );
    expect({ code, out }).toEqual({ code: 0, out: "words: bye\n" });
    expect(errors).toContain("both: ");
    const png = await readFile(path.join(folder, "pair.png"));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
  });

  test("results outlive a process; no damaged one is used", async () => {
    const run = ["run", "pair.json", "--set", "words=kept"] as const;
    // Earlier tests have filled the same folder.
    await insightgraph("cache", "clear");
    const first = await insightgraph(...run);
    expect(first.errors).toContain("both: ");
    expect(first.errors).not.toContain("both: unchanged");
    const second = await insightgraph(...run);
    expect(second.out).toBe(first.out);
    for (const id of ["left", "both", "words"]) {
      expect(second.errors).toContain(`${id}: unchanged`);
    }
    expect((await insightgraph(...run, "--no-cache")).errors).not.toContain("unchanged");
    const cache = path.join(folder, "data", "cache");
    const kept = await readdir(cache);
    const stats = JSON.parse((await insightgraph("cache", "stats", "--json")).out);
    expect(stats).toMatchObject({ entries: kept.length, folder: cache });
    for (const name of kept) await writeFile(path.join(cache, name), "torn");
    const third = await insightgraph(...run);
    expect(third.errors).toContain("cache.damaged at ");
    expect(third.errors).not.toContain("unchanged");
    expect({ code: third.code, out: third.out }).toEqual({ code: 0, out: first.out });
    expect((await insightgraph("cache", "clear")).out).toContain("removed ");
    expect(await readdir(cache)).toEqual([]);
  });

  test("validate and nodes run no graph", async () => {
    expect(await insightgraph("validate", "pair.json")).toMatchObject({ code: 0 });
    expect((await insightgraph("nodes", "image.load")).out).toContain("path: file");
  });

  test.each([
    [["fly"], 'command.usage: there is no command "fly"'],
    [["run"], "command.usage: no graph file is given"],
    [["run", "pair.json", "--frob"], "command.usage: Unknown option '--frob'"],
    [["run", "gone.json"], 'file.unreadable: "gone.json": there is no such file'],
    [["run", "a.png"], 'file.no-graph: "a.png" is a picture that carries no graph'],
    [["run", "pair.json", "--set", "word.text=x"], "graph.unknown-node at word: "],
    [["run", "pair.json", "--set", "words.txt=x"], "graph.unknown-param at words.params.txt: "],
    [["run", "pair.json", "--set", "left.path=gone.png"], "node.bad-input at left.params.path: "],
    [["run", "pair.json", "--set", "left.path=torn.png"], "node.bad-input at left.params.path: "],
    [["run", "pair.json", "--output", "par=x.png"], "graph.unknown-node at outputs.par: "],
    [["validate", "torn.png"], "graph.not-json: "],
    [["run", "pair.json", "--device", "abacus"], "command.usage: --device abacus is none of cpu"],
    [["edit", "a.png"], "command.usage: a picture and an instruction are needed"],
    [
      ["edit", "a.png", "words", "-o", "o.png", "--steps", "many"],
      "param.kind at sample.params.steps",
    ],
    [["cache", "stat"], 'command.usage: cache has no "stat"'],
    [["cache"], "command.usage: no action is given"],
    [["serve", "--port", "http"], "command.usage: --port http: this is not a port"],
  ])("%j is refused with code 2 and one clear line", async (args, line) => {
    const { code, errors } = await insightgraph(...args);
    expect(errors).toContain(line);
    expect(errors).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });
});

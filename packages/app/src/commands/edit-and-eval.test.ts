import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type GraphDocument, type Link, parseGraph } from "@insightgraph/engine/graph";
import { graphKeyword, readPngText } from "@insightgraph/engine/png";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "../command-line.fixture.ts";
import { graphsDir } from "../places.ts";

const sample = path.join(graphsDir, "samples/rabbit-teddy-apple.png");
const from = (node: string, output: string): Link => ({ node, output });

function graphOf(rest: Omit<GraphDocument, "format" | "version">): GraphDocument {
  return { format: "insightgraph", version: 1, ...rest };
}

/** A graph that edits without any network: it makes the picture smaller. */
const shrink = graphOf({
  nodes: {
    load: { type: "image.load", version: 1 },
    words: { type: "text.value", version: 1 },
    small: {
      type: "image.resize",
      version: 1,
      params: { width: 8 },
      inputs: { image: from("load", "image") },
    },
    save: { type: "image.save", version: 1, inputs: { image: from("load", "image") } },
  },
  inputs: {
    picture: { node: "load", param: "path" },
    instruction: { node: "words", param: "text" },
    size: { node: "small", param: "width" },
  },
  outputs: { picture: from("small", "image") },
});

const math = (operation: string, a: Link, b: Link) => ({
  type: "number.math",
  version: 1,
  params: { operation },
  inputs: { a, b },
});
const constant = (value: number) => ({ type: "number.value", version: 1, params: { value } });

/** Leaves every picture as it is, but fails at the third: it divides by two less than the seed. */
const failing = graphOf({
  nodes: {
    load: { type: "image.load", version: 1 },
    words: { type: "text.value", version: 1 },
    seed: { type: "seed.value", version: 1 },
    two: constant(2),
    size: constant(128),
    nothing: constant(0),
    less: math("subtract", from("seed", "seed"), from("two", "number")),
    divided: math("divide", from("two", "number"), from("less", "number")),
    zero: math("multiply", from("divided", "number"), from("nothing", "number")),
    width: math("add", from("zero", "number"), from("size", "number")),
    same: {
      type: "image.resize",
      version: 1,
      inputs: { image: from("load", "image"), width: from("width", "number") },
    },
  },
  inputs: {
    image: from("load", "image"),
    instruction: { node: "words", param: "text" },
    seed: { node: "seed", param: "seed" },
  },
  outputs: { edit: from("same", "image") },
});

/** Leaves every picture as it is. */
const same = graphOf({
  nodes: {
    load: { type: "image.load", version: 1 },
    words: { type: "text.value", version: 1 },
    seed: { type: "seed.value", version: 1 },
    same: {
      type: "image.resize",
      version: 1,
      inputs: { image: from("load", "image"), like: from("load", "image") },
    },
  },
  inputs: {
    image: from("load", "image"),
    instruction: { node: "words", param: "text" },
    seed: { node: "seed", param: "seed" },
  },
  outputs: { edit: from("same", "image") },
});

let line: CommandLine;
const place = (name: string): string => path.join(line.folder, name);
beforeAll(async () => {
  line = await createCommandLine();
  await writeFile(place("shrink.json"), JSON.stringify(shrink));
  await writeFile(place("failing.json"), JSON.stringify(failing));
  await writeFile(place("same.json"), JSON.stringify(same));
});
afterAll(() => line.remove());

test("edit calls any graph by its names; the picture carries the values that were given", async () => {
  const options = ["--graph", "shrink.json", "--set", "size=4"];
  const answer = await line.run("edit", sample, "smaller", "-o", "out.png", ...options);
  expect(answer).toMatchObject({ code: 0, out: `${place("out.png")}\n` });
  const text = await readPngText(await readFile(place("out.png")), graphKeyword);
  const { nodes } = parseGraph(text);
  expect(nodes["small"]?.params).toEqual({ width: 4 });
  expect(nodes["words"]?.params).toEqual({ text: "smaller" });
  expect(Object.keys(nodes)).toEqual(Object.keys(shrink.nodes));
  // The graph's own saver is none of edit's business.
  await expect(readFile(place("edited.png"))).rejects.toThrow("ENOENT");
});

test("edit names the inputs that a graph has, where an option asks for another", async () => {
  const answer = await line.run(
    ...["edit", sample, "smaller", "-o", "out.png", "--graph", "shrink.json", "--steps", "2"],
  );
  expect(answer.code).toBe(2);
  expect(answer.errors).toContain('--steps: the graph has no input "steps"');
  expect(answer.errors).toContain("picture, instruction, size");
});

test("eval scores what is done before an edit fails, and says how many are missing", async () => {
  const answer = await line.run("eval", "--graph", "failing.json", "--count", "6");
  expect(answer.code).toBe(2);
  expect(answer.errors).toContain("at item 3 of 6");
  const [, scored, missing] =
    /(\d) of 6 edits were scored; (\d) are missing/.exec(answer.errors) ?? [];
  expect(Number(scored) + Number(missing)).toBe(6);
  expect(Number(scored)).toBeLessThan(3);
  if (scored !== "0") expect(answer.out).toContain("all");
});

test("eval prints settings and table as JSON", async () => {
  const answer = await line.run("eval", "--graph", "failing.json", "--count", "2", "--json");
  expect(answer.code).toBe(0);
  expect(JSON.parse(answer.out)).toMatchObject({
    count: 2,
    missing: 0,
    hasAdapter: true,
    all: { count: 2, successes: 0 },
    edits: [{ operation: "remove", isDone: false }, { operation: "add" }],
    foreign: { count: 2, missing: 0, all: { count: 2, distance: { mean: expect.any(Number) } } },
  });
});

test("eval scores one set alone, in as many edits as it has", async () => {
  const answer = await line.run(
    ...["eval", "--graph", "same.json", "--scenes", "foreign", "--count", "201"],
  );
  expect(answer.code).toBe(2);
  expect(answer.errors).toContain("count");
  const one = await line.run("eval", "--graph", "same.json", "--scenes", "foreign", "--count", "1");
  expect(one.out).toMatch(/^ +edits +success.*\nall +1 +0\.0 %/);
  expect(one.out).not.toContain("held-out");
});

test("eval refuses what the evaluated graph has no input for", async () => {
  const answer = await line.run("eval", "--graph", "failing.json", "--steps", "2");
  expect(answer.code).toBe(2);
  expect(answer.errors).toContain('--steps: the graph has no input "steps"');
});

test("an interrupted eval scores what is done", async () => {
  const { child, answer } = line.start("eval", "--count", "60");
  child.stderr?.on("data", (chunk) => {
    if (String(chunk).includes("scenes:")) setTimeout(() => child.kill("SIGINT"), 500);
  });
  const { code, errors } = await answer;
  expect(code).toBe(130);
  const [, scored, missing] = /(\d+) of 60 edits were scored; (\d+) are missing/.exec(errors) ?? [];
  expect(Number(scored) + Number(missing)).toBe(60);
  expect(Number(missing)).toBeGreaterThan(0);
});

import { appendFile, cp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { projectDir } from "./places.ts";

const { folder, run: insightgraph, remove } = await createCommandLine();
const place = (name: string): string => path.join(folder, name);
const names = async () => (await readdir(folder)).filter((name) => name !== "data").sort();
let given: string[] = [];

const saving = (picture: string, words: string) => ({
  format: "insightgraph",
  version: 1,
  nodes: {
    picture: { type: "image.load", version: 1, params: { path: picture } },
    [words]: { type: "text.value", version: 1, params: { text: "words" } },
    save: {
      type: "image.save",
      version: 2,
      params: { path: "saved.png" },
      inputs: { image: { node: "picture", output: "image" } },
    },
  },
  outputs: { words: { node: words, output: "text" } },
});

beforeAll(async () => {
  await cp(path.join(projectDir, "test/fixtures/output-collisions"), folder, { recursive: true });
  await writeFile(place("save.json"), JSON.stringify(saving("red.png", "words")));
  await writeFile(place("other.json"), JSON.stringify(saving("blue.png", "letters")));
  given = await names();
});
afterAll(remove);

describe("two writers of one file are refused, and nothing is written", () => {
  test.each([
    [["two-saves-one-name.json"], 'graph.same-file at s2.params.path: "s1" writes "out.png" too'],
    [
      ["two-outputs.json", "--output", "x=o.png", "--output", "y=./o.png"],
      'graph.same-file at output:y.params.path: "output:x" writes ',
    ],
    [
      ["save.json", "--output", "words=saved.txt", "--manifest", "saved.txt"],
      "graph.same-file at output:words.params.path: ",
    ],
    [["save.json", "--manifest", "red.png"], "file.unwritable: "],
  ])("run %j", async (args, line) => {
    const { code, errors } = await insightgraph("run", ...args);
    expect(errors).toContain(line);
    expect(code).toBe(2);
    expect(await names()).toEqual(given);
  });
});

describe("a file that is there already", () => {
  const outputs = ["two-outputs.json", "--output", "x=out.png"];
  const red = async (name: string) => readFile(place(name));

  test("is replaced by the graph that wrote it, after a restart too", async () => {
    for (let run = 0; run < 2; run++) {
      const { code, errors } = await insightgraph("run", "save.json");
      expect({ code, errors }).toMatchObject({ code: 0 });
    }
    expect(await names()).toEqual([...given, "saved.manifest.json", "saved.png"].sort());
  });

  test("is kept by another graph, which numbers its own", async () => {
    const before = await red("saved.png");
    const { code } = await insightgraph("run", "other.json");
    expect(code).toBe(0);
    expect(await red("saved.png")).toEqual(before);
    expect(await names()).toContain("saved-2.png");
  });

  test("is kept once somebody has changed it", async () => {
    await appendFile(place("saved.png"), "changed");
    const before = await red("saved.png");
    const { errors } = await insightgraph("run", "save.json");
    expect(errors).toContain("saved-3.png");
    expect(await red("saved.png")).toEqual(before);
  });

  test("stops --output, which --overwrite allows; the next run needs no permission", async () => {
    await writeFile(place("out.png"), "precious");
    const refused = await insightgraph("run", ...outputs);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.errors).toContain("--overwrite");
    expect(await readFile(place("out.png"), "utf8")).toBe("precious");
    expect(await insightgraph("run", ...outputs, "--overwrite")).toMatchObject({ code: 0 });
    expect(await insightgraph("run", ...outputs)).toMatchObject({ code: 0 });
  });

  test("stops edit -o, which --overwrite allows", async () => {
    await writeFile(place("edited.png"), "precious");
    const edit = ["edit", "red.png", "remove the hat", "--steps", "1", "-o", "edited.png"];
    const refused = await insightgraph(...edit);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.errors).toContain("--overwrite");
    expect(await readFile(place("edited.png"), "utf8")).toBe("precious");
    expect(await insightgraph(...edit, "--overwrite")).toMatchObject({ code: 0 });
    expect(await insightgraph(...edit)).toMatchObject({ code: 0 });
  });

  test("is no manifest: that goes elsewhere", async () => {
    await writeFile(place("out.manifest.json"), "precious");
    expect(await insightgraph("run", ...outputs)).toMatchObject({ code: 0 });
    expect(await readFile(place("out.manifest.json"), "utf8")).toBe("precious");
  });
});

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleNodes } from "./bundle-nodes.ts";
import { createCommandLine } from "./command-line.fixture.ts";
import { loadNodes } from "./load-nodes.ts";
import { graphsDir, projectDir } from "./places.ts";

let root = "";
const place = (...names: string[]): string => path.join(root, ...names);
async function write(name: string, text: string): Promise<string> {
  await mkdir(path.dirname(place(name)), { recursive: true });
  await writeFile(place(name), text);
  return place(name);
}

/** The blocks of code in the page that explains nodes, by language. */
async function documented(language: string): Promise<string> {
  const page = await readFile(path.join(projectDir, "docs/adding-a-node.md"), "utf8");
  const [, section = ""] = page.split("## Nodes of your own");
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(section)?.[1] ?? "";
}

function nodeText(type: string, name = "node", rest = ""): string {
  return `import { defineNode } from "@insightgraph/engine/node";
import { text } from "@insightgraph/nodes/ports";
${rest}
export const ${name} = defineNode({ type: "${type}", version: 1, title: "T", doc: "D.", inputs: {}, params: {},
  outputs: { text: text("T.") }, run: () => ({ text: "t" }) });
`;
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "load-nodes-"));
});
afterAll(() => rm(root, { recursive: true }));

describe("definitions", () => {
  test("are found in files of both languages, in lists, and in folders", async () => {
    const { run: insightgraph, remove } = await createCommandLine();
    const ts = await write("a.ts", nodeText("my.a", "a", "interface Unused { readonly a: 1 }"));
    const js = await write("b.mjs", nodeText("my.b"));
    const list = 'const d = { ...c, type: "my.d" }; export const nodes = [c, d];';
    await write("index/index.ts", `${nodeText("my.c", "c")}${list}`);
    await write("package/package.json", JSON.stringify({ main: "./lib/main.js" }));
    await write("package/lib/main.js", 'export { node } from "./inner/node.js";');
    await write("package/lib/inner/node.js", nodeText("my.e"));
    const places = [ts, js, place("index"), place("package"), ts];
    const { out } = await insightgraph(
      "nodes",
      "--json",
      ...places.flatMap((at) => ["--nodes", at]),
    );
    const mine = Object.keys(JSON.parse(out)).filter((type) => type.startsWith("my."));
    expect(mine).toEqual(["my.a", "my.b", "my.c", "my.d", "my.e"]);
    const twice = await insightgraph(
      "nodes",
      "--nodes",
      ts,
      "--nodes",
      await write("2.ts", nodeText("my.a")),
    );
    expect(twice.errors).toContain("registry.duplicate at my.a: ");
    await remove();
  });

  test("are one module with what their file imports", async () => {
    const helper = await write("parts/helper.ts", "export const VALUE: number = 1;");
    const parts = 'import { VALUE } from "./helper.ts"; export const used = VALUE;';
    const file = await write("parts/node.ts", nodeText("my.parts", "node", parts));
    const first = await bundleNodes(file);
    expect(first).toContain(import.meta.resolve("@insightgraph/engine/node"));
    expect(await bundleNodes(file)).toBe(first);
    await writeFile(helper, "export const VALUE: number = 2;");
    expect(await bundleNodes(file)).not.toBe(first);
  });

  test.each([
    ["without entry", "empty/readme.txt", "", "empty", "nodes.unreadable", "has no entry file"],
    ["in no code", "code.ts", "export const = 1", "code.ts", "nodes.unreadable", "code.ts:1:"],
    [
      "of no package",
      "import.ts",
      'import x from "no-such-package"; export const a = x;',
      "import.ts",
      "nodes.unreadable",
      "no-such-package",
    ],
    [
      "of an inner folder",
      "inner.ts",
      'import { x } from "@insightgraph/engine/inner"; export const a = x;',
      "inner.ts",
      "nodes.unreadable",
      "cannot be compiled",
    ],
    [
      "that throw",
      "throw.ts",
      'throw new Error("not today")',
      "throw.ts",
      "nodes.unreadable",
      "does not run: not today",
    ],
    [
      "that are none",
      "none.ts",
      "export const a = 1; export function b() {}",
      "none.ts",
      "nodes.none",
      "exports no node",
    ],
    [
      "of a bad port",
      "port.ts",
      'export const a = { type: "my.a", version: 1, title: "T", doc: "D.", inputs: { x: 1 }, outputs: {}, params: {}, run() {} };',
      "port.ts",
      "nodes.bad-definition",
      "exports a, but inputs.x is not created with a port type",
    ],
    [
      "of a bad param",
      "param.ts",
      'export const a = { type: "my.a", version: 1, title: "T", doc: "D.", inputs: {}, outputs: {}, params: { x: { kind: "colour" } }, run() {} };',
      "param.ts",
      "nodes.bad-definition",
      "exports a, but params.x is not created with param",
    ],
    [
      "of a bad type",
      "type.ts",
      'export const nodes = [{ type: "Mine", version: 1, run() {} }];',
      "type.ts",
      "nodes.bad-definition",
      "exports nodes[0], but its type is not",
    ],
  ])("%s are refused", async (_, name, text, asked, code, what) => {
    await write(name, text);
    await expect(loadNodes([place(asked)])).rejects.toMatchObject({
      code,
      what: expect.stringContaining(what),
      hint: expect.stringMatching(/.\.$/),
    });
  });
});

test("the documented node runs, is kept, and runs again when its code changes", async () => {
  const { folder, run: insightgraph, remove } = await createCommandLine();
  const inFolder = (name: string): string => path.join(folder, name);
  try {
    const code = await documented("ts");
    await writeFile(inFolder("mirror.ts"), code);
    await writeFile(inFolder("mirror.json"), await documented("json"));
    await writeFile(
      inFolder("photo.png"),
      await readFile(path.join(graphsDir, "samples/rabbit-teddy-apple.png")),
    );
    const run = [
      "run",
      "mirror.json",
      "--nodes",
      "mirror.ts",
      "--output",
      "picture=out.png",
    ] as const;
    const first = await insightgraph(...run);
    expect(first).toMatchObject({ code: 0 });
    const mirrored = await readFile(inFolder("out.png"));
    expect((await insightgraph(...run)).errors).toContain("mirror: unchanged");
    await writeFile(inFolder("mirror.ts"), code.replace("isOn ?", "!isOn ?"));
    const changed = await insightgraph(...run);
    expect(changed.errors).not.toContain("mirror: unchanged");
    expect((await readFile(inFolder("out.png"))).equals(mirrored)).toBe(false);
    expect((await insightgraph("run", "mirror.json")).errors).toContain(
      "graph.unknown-type at mirror.type",
    );
  } finally {
    await remove();
  }
});

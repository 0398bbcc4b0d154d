import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { createCommandLine } from "../command-line.fixture.ts";
import { projectDir } from "../places.ts";

/** The commands of a page, each as its arguments. */
function commandsOf(page: string): readonly (readonly string[])[] {
  return [...page.matchAll(/^insightgraph (.*)$/gm)].map(([, text = ""]) =>
    [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""),
  );
}

/** Gives a photograph back, with what was done to it. */
const pipeline = {
  format: "insightgraph",
  version: 1,
  nodes: {
    photo: { type: "image.load", version: 1 },
    done: { type: "text.value", version: 1, params: { text: "do nothing" } },
  },
  inputs: { photo: { node: "photo", param: "path" } },
  outputs: {
    source: { node: "photo", output: "image" },
    edited: { node: "photo", output: "image" },
    instruction: { node: "done", output: "text" },
  },
};

test("every example of docs/datasets.md runs", async () => {
  const page = await readFile(path.join(projectDir, "docs/datasets.md"), "utf8");
  // Training takes hours, and browsing goes on until it is stopped; both have tests of their own.
  const endless = new Set(["train", "browse"]);
  const commands = commandsOf(page).filter(
    ([name = "", action = ""]) => !endless.has(name) && !endless.has(action),
  );
  expect(commands.map(([name, sub]) => `${name} ${sub}`)).toEqual([
    ...["dataset run", "dataset run", "dataset run", "dataset inspect"],
    ...["dataset inspect", "dataset stats", "dataset convert"],
  ]);
  const line = await createCommandLine();
  const at = (name: string): string => path.join(line.folder, name);
  await mkdir(at("photos"));
  const white = { create: { width: 9, height: 7, channels: 3, background: "#fff" } } as const;
  for (const name of ["photos/a.png", "photos/b.png", "a.png"]) await sharp(white).toFile(at(name));
  await writeFile(at("pipeline.json"), JSON.stringify(pipeline));
  await writeFile(at("my-set.jsonl"), '{"before": "a.png", "results": ["a.png"], "text": "go"}\n');
  for (const args of commands) {
    const { code, errors } = await line.run(...args);
    expect(`${args.join(" ")}: ${code} ${code === 0 ? "" : errors}`).toBe(`${args.join(" ")}: 0 `);
  }
  const { out } = await line.run("dataset", "inspect", "pairs-tar", "--json");
  expect(JSON.parse(out)).toMatchObject({
    format: "webdataset",
    records: [{ fields: { instruction: "do nothing" } }, {}],
  });
  await line.remove();
});

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "../command-line.fixture.ts";

const link = (node: string, output: string) => ({ node, output });

/** A graph that edits without any network: it makes the picture so small, and as large as before. */
function resizing(width: number) {
  return {
    format: "insightgraph",
    version: 1,
    nodes: {
      load: { type: "image.load", version: 1 },
      words: { type: "text.value", version: 1 },
      seed: { type: "seed.value", version: 1 },
      small: {
        type: "image.resize",
        version: 1,
        params: { width, height: width },
        inputs: { image: link("load", "image") },
      },
      large: {
        type: "image.resize",
        version: 1,
        params: { width: 128, height: 128 },
        inputs: { image: link("small", "image") },
      },
    },
    inputs: {
      image: link("load", "image"),
      instruction: { node: "words", param: "text" },
      seed: { node: "seed", param: "seed" },
      width: { node: "small", param: "width" },
    },
    outputs: { edit: link("large", "image") },
  };
}

let line: CommandLine;
const place = (name: string): string => path.join(line.folder, name);
beforeAll(async () => {
  line = await createCommandLine();
  await writeFile(place("same.json"), JSON.stringify(resizing(128)));
  await writeFile(place("coarse.json"), JSON.stringify(resizing(16)));
});
afterAll(() => line.remove());

const variants = ["--variant", "same: graph=same.json", "--variant", "coarse: graph=coarse.json"];

test("ablate compares graphs on the same scenes and writes its table in every form", async () => {
  const answer = await line.run("ablate", ...variants, "--count", "3", "--out", "out");
  expect(answer).toMatchObject({ code: 0 });
  expect(answer.out).toContain("| same | 0 (0 to 0) |");
  expect(await readFile(place("out/table.md"), "utf8")).toBe(answer.out);
  expect(await readFile(place("out/table.tex"), "utf8")).toContain("\\toprule");
  const items = await readFile(place("out/items.csv"), "utf8");
  expect(items.trimEnd().split("\n")).toHaveLength(1 + 2 * 3);
  const { baseline, cells } = JSON.parse(await readFile(place("out/table.json"), "utf8"));
  expect(baseline).toBe("same");
  const outside = cells.find((cell: { variant: string; metric: string }) => {
    return cell.variant === "coarse" && cell.metric.startsWith("SSIM outside");
  });
  expect(outside.difference).toMatchObject({ test: "wilcoxon", pairs: 3 });
  expect(outside.difference.mean).toBeLessThan(-0.05);

  const refused = await line.run("ablate", ...variants, "--count", "3", "--out", "out");
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.errors).toContain("items.csv is there already");
  const again = await line.run(
    ...["ablate", ...variants, "--count", "3", "--out", "out", "--overwrite"],
  );
  expect(again.out).toBe(answer.out);
  // Nothing is scored again.
  expect(again.errors).toContain("st-lpips: unchanged");
  expect(again.errors).not.toMatch(/st-lpips: \d/);
}, 90_000);

test("ablate names a variant that fails, and keeps the others", async () => {
  const failing = ["--variant", "none: graph=same.json, edit.width=-1"];
  const answer = await line.run("ablate", ...variants, ...failing, "--count", "2");
  expect(answer.code).toBe(2);
  expect(answer.errors).toContain("variant none has no scores; the table lacks its row");
  expect(answer.out).toContain("| coarse |");
  expect(answer.out).not.toContain("| none |");
}, 90_000);

test("ablate prints no table without its baseline", async () => {
  const answer = await line.run(
    ...["ablate", "--variant", "none: graph=same.json, edit.width=-1", ...variants],
    ...["--count", "1", "--out", "lost"],
  );
  expect(answer).toMatchObject({ code: 2, out: "" });
  expect(answer.errors).toContain("variant none has no scores");
  await expect(readFile(place("lost/table.md"))).rejects.toThrow("ENOENT");
}, 90_000);

test("ablate refuses an input that a graph lacks before anything runs", async () => {
  const unknown = ["--variant", "other: graph=same.json, widht=3"];
  const answer = await line.run("ablate", ...variants, ...unknown);
  expect(answer).toMatchObject({ code: 2, out: "" });
  expect(answer.errors).toContain('--variant other: the graph has no input "widht"');
  expect(answer.errors).not.toContain("variant same");
}, 60_000);

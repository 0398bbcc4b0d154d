import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { metricBenchmark } from "./benchmark.ts";
import { tinyModels } from "./tiny-models.fixture.ts";

const folder = fileURLToPath(
  new URL("../../../../test/fixtures/benchmarks/pie-bench", import.meta.url),
);
let results = "";
beforeEach(async () => {
  results = await mkdtemp(path.join(tmpdir(), "benchmark-"));
  await cp(path.join(folder, "annotation_images"), path.join(results, "annotation_images"), {
    recursive: true,
  });
});
afterEach(() => rm(results, { recursive: true }));

const settings = {
  ...{ benchmark: "pie-bench", folder, editor: "1_mine", language: "en" },
  ...{ clip: "", lpips: "lpips-squeeze", dino: "dino-vits16", dinov2: "dinov2-base" },
};

async function score(change: object = {}) {
  const logged: string[] = [];
  const context = { ...runContext(), log: (line: string) => void logged.push(line) };
  const found = await metricBenchmark.run({}, { ...settings, results, ...change }, context);
  return { ...found, logged, report: JSON.parse(found.report) };
}

test("scores what it can, says why the rest is missing, and writes the benchmark's own file", async () => {
  await rm(path.join(results, "annotation_images/1_change_object_80"), { recursive: true });
  const { table, report, logged } = await score({ clip: tinyModels.clip });
  expect(table).toMatch(/^\| Overall \| 1 \| – \| ∞ \| – \| 0\.000 \| 1\.000 \|/m);
  expect(report).toMatchObject({ benchmark: "pie-bench", rows: [{ n: 1 }, { group: "Overall" }] });
  expect(logged).toContain(
    "111000000001: there is no result annotation_images/1_change_object_80/111000000001.jpg.",
  );
  expect(logged).toContainEqual(expect.stringContaining('there is no checkpoint "lpips-squeeze"'));
  const file = path.join(results, "evaluation_result.csv");
  const [head, row] = (await readFile(file, "utf8")).split("\n");
  expect(head).toMatch(/^file_id,1_mine\|structure_distance,/);
  expect(row).toMatch(/^000000000000,nan,/);
});

test("takes the CLIP of the published numbers, unless another is named", async () => {
  const { logged } = await score();
  const line = logged.find((one) => one.includes("clip-vit-large-patch14"));
  expect(line).toContain("models add hf:openai/clip-vit-large-patch14");
});

test.each([
  ["clip", { clip: "st-lpips" }],
  ["lpips", { lpips: "st-lpips" }],
])("refuses another model for %s", async (name, change) => {
  await expect(score(change)).rejects.toMatchObject({ at: { path: `params.${name}` } });
});

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { openSqliteBatchStore } from "@insightgraph/engine/batches";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
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

/** A number for each item: ten and the item's place, by an operation that the variants choose. */
const arithmetic = {
  format: "insightgraph",
  version: 1,
  name: "Arithmetic",
  nodes: {
    place: { type: "number.value", version: 1 },
    ten: { type: "number.value", version: 1, params: { value: 10 } },
    score: {
      type: "number.math",
      version: 1,
      inputs: { a: link("ten", "number"), b: link("place", "number") },
    },
  },
  inputs: { scene: { node: "place", param: "value" } },
  outputs: { score: link("score", "number") },
  ablation: {
    axes: [
      {
        name: "operation",
        variants: ["add", "divide", "multiply"].map((operation) => ({
          name: operation,
          changes: [{ node: "score", params: { operation } }],
        })),
      },
    ],
    baseline: { operation: "multiply" },
  },
};

/** How often each cell was run for each item. */
async function attemptsIn(folder: string): Promise<readonly number[]> {
  const store = await openSqliteBatchStore(path.join(folder, "ablation.sqlite"));
  const records = await store.list({ limit: 10_000 });
  await store.close();
  return records.map(({ attempts }) => attempts);
}

test("ablate compares graphs on the same scenes and writes its table in every form", async () => {
  const options = ["--count", "3", "--out", "out"];
  const answer = await line.run("ablate", ...variants, ...options);
  expect(answer).toMatchObject({ code: 0 });
  expect(answer.out).toContain("| same | 0 (0 to 0) |");
  const [shown] = (await readFile(place("out/table.md"), "utf8")).split("\n<!--");
  expect(shown).toBe(answer.out);
  expect(await readFile(place("out/table.tex"), "utf8")).toContain("\\toprule");
  const items = await readFile(place("out/items.csv"), "utf8");
  expect(items.trimEnd().split("\n")).toHaveLength(1 + 2 * 3);
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(place("out/items.parquet")),
  });
  expect(rows).toHaveLength(6);
  expect(rows[0]).toMatchObject({ variant: "same", item: "scene-0", failure: null });
  expect(Object.keys(rows[0] ?? {})).toContain("ST-LPIPS ↓");
  const { baseline, cells } = JSON.parse(await readFile(place("out/table.json"), "utf8"));
  expect(baseline).toBe("same");
  const outside = cells.find((cell: { variant: string; metric: string }) => {
    return cell.variant === "coarse" && cell.metric.startsWith("SSIM outside");
  });
  expect(outside.difference).toMatchObject({ test: "wilcoxon", pairs: 3 });
  expect(outside.difference.mean).toBeLessThan(-0.05);
  const page = await readFile(place("out/index.html"), "utf8");
  expect(page.match(/data:image\/webp/g)?.length).toBe(3 * 2 * 3);

  const again = await line.run("ablate", ...variants, ...options);
  expect(again.out).toBe(answer.out);
  expect(await attemptsIn(place("out"))).toEqual([1, 1, 1, 1, 1, 1]);
});

test("ablate runs the variants that the graph lists, and a failing item is a hole in its variant alone", async () => {
  await writeFile(place("arithmetic.json"), JSON.stringify(arithmetic));
  const answer = await line.run("ablate", "arithmetic.json", "--count", "4", "--out", "sums");
  expect(answer.code).toBe(1);
  expect(answer.errors).toContain("10 cannot be divided by zero");
  const lines = (await readFile(place("sums/items.csv"), "utf8")).trimEnd().split("\n");
  expect(lines.slice(0, 6)).toEqual([
    "variant,item,score,failure",
    ...["multiply,scene-0,0,", "multiply,scene-1,10,", "multiply,scene-2,20,"],
    ...["multiply,scene-3,30,", "add,scene-0,10,"],
  ]);
  expect(lines.find((text) => text.startsWith("divide,scene-0,,"))).toContain("divided by zero");
  expect(answer.out).toMatch(/\| divide \| .*1 missing\); .*, 1 dropped \|/);
  expect(answer.out).not.toMatch(/\| add \| .*missing/);
  // Failures stay, unless they are asked for again.
  await line.run("ablate", "arithmetic.json", "--count", "4", "--out", "sums", "--retry");
  expect((await attemptsIn(place("sums"))).toSorted()).toEqual([...Array(11).fill(1), 2]);
});

test("ablate scores the records of a data set, and replay finds every score again", async () => {
  const records = [{ scene: 4 }, { scene: -2.5 }, { scene: 0 }];
  await writeFile(place("arithmetic.json"), JSON.stringify(arithmetic));
  await writeFile(place("numbers.jsonl"), records.map((one) => JSON.stringify(one)).join("\n"));
  const command = ["ablate", "arithmetic.json", "--source", "numbers.jsonl", "--out", "records"];
  expect((await line.run(...command)).code).toBe(1);
  const file = JSON.parse(await readFile(place("records/table.json"), "utf8"));
  const scores = file.items.map(({ outcomes }: { outcomes: readonly { scores?: object }[] }) =>
    outcomes.map((outcome) => outcome.scores),
  );
  expect(scores).toEqual([
    [{ score: 40 }, { score: 14 }, { score: 2.5 }],
    [{ score: -25 }, { score: 7.5 }, { score: -4 }],
    [{ score: 0 }, { score: 10 }, undefined],
  ]);
  const replayed = await line.run("replay", "records/table.json");
  expect(replayed).toMatchObject({ code: 0, out: "9 of 9 scores are the same\n" });
  expect(await line.run("replay", "records/table.tex")).toEqual(replayed);
  file.items[0].outcomes[1].scores.score = 15;
  await writeFile(place("changed.json"), JSON.stringify(file, null, 2));
  const changed = await line.run("replay", "changed.json");
  expect(changed.code).toBe(1);
  expect(changed.out).toMatch(/^add, .*, score: 15 then, 14 now\n8 of 9 scores are the same\n$/);
});

test("ablate goes on where it was killed", async () => {
  await writeFile(place("arithmetic.json"), JSON.stringify(arithmetic));
  const command = ["ablate", "arithmetic.json", "--count", "300", "--out", "killed"];
  const { child, answer } = line.start(...command);
  child.stderr?.on("data", (chunk) => {
    if (/^20 of 300 items$/m.test(String(chunk))) child.kill("SIGKILL");
  });
  await answer;
  const before = (await attemptsIn(place("killed"))).length;
  expect(before).toBeGreaterThanOrEqual(20 * 3);
  expect(before).toBeLessThan(300 * 3);
  await line.run(...command);
  const attempts = await attemptsIn(place("killed"));
  expect(attempts).toHaveLength(300 * 3);
  // At most the run that was under way is made again.
  expect(attempts.filter((count) => count > 1).length).toBeLessThanOrEqual(1);
});

test("ablate refuses variants that do not fit before anything runs", async () => {
  const [axis] = arithmetic.ablation.axes;
  const wrong = [
    { name: "missing", changes: [{ node: "scroe", params: { operation: "add" } }] },
    { name: "unfit", changes: [{ node: "score", type: "text.value" }] },
    { name: "silent", changes: [{ node: "score", muted: true }] },
  ];
  const variants = [...(axis?.variants ?? []), ...wrong];
  const graph = { ...arithmetic, ablation: { axes: [{ name: "operation", variants }] } };
  await writeFile(place("wrong.json"), JSON.stringify(graph));
  for (const command of ["ablate", "validate"]) {
    const answer = await line.run(command, "wrong.json");
    expect(answer).toMatchObject({ code: 2, out: "" });
    expect(answer.errors).toContain('"missing": the graph has no node "scroe"');
    expect(answer.errors).toContain('"unfit": score (text.value) has no output "number"');
    expect(answer.errors).toContain('"silent": nothing is left to give "score"');
    expect(answer.errors).not.toContain("items");
  }
});

test("ablate asks before it begins more than 10,000 runs", async () => {
  const variants = Array.from({ length: 10_000 }, (_, at) => ({ name: `v${at}` }));
  const graph = { ...arithmetic, ablation: { axes: [{ name: "a", variants }] } };
  await writeFile(place("large.json"), JSON.stringify(graph));
  const answer = await line.run("ablate", "large.json", "--count", "2");
  expect(answer).toMatchObject({ code: 2, out: "" });
  expect(answer.errors).toContain("10000 cells on 2 items are 20000 runs");
  expect(answer.errors).toContain("--yes");
});

test("ablate refuses an input that a graph lacks, and a value out of range, before anything runs", async () => {
  const unknown = ["--variant", "other: graph=same.json, widht=3"];
  const answer = await line.run("ablate", ...variants, ...unknown);
  expect(answer).toMatchObject({ code: 2, out: "" });
  expect(answer.errors).toContain('--variant other: the graph has no input "widht"');
  const unfit = ["--variant", "none: graph=same.json, edit.width=-1"];
  const refused = await line.run("ablate", ...variants, ...unfit);
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.errors).toContain("variant none: ");
  expect(refused.errors).not.toContain("items");
});

test("ablate never writes over files that no ablation made", async () => {
  await mkdir(place("mine"));
  await writeFile(place("mine/table.md"), "mine");
  const answer = await line.run("ablate", "arithmetic.json", "--count", "2", "--out", "mine");
  expect(answer).toMatchObject({ code: 2, out: "" });
  expect(answer.errors).toContain("table.md is there already");
  expect(await readFile(place("mine/table.md"), "utf8")).toBe("mine");
});

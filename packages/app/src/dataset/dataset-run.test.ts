import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { openDataset, openRejected, recordOf } from "@insightgraph/editing/datasets";
import type { GraphDocument } from "@insightgraph/engine/graph";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "../command-line.fixture.ts";
import { sceneGraph, stepGraph, stepNode } from "./scene-graphs.fixture.ts";
import { seedOf } from "./seed-of.ts";
import type { DatasetSummary } from "./summarize.ts";

let line: CommandLine;
const at = (name: string): string => path.join(line.folder, name);
beforeAll(async () => {
  line = await createCommandLine();
  await writeFile(at("scenes.json"), JSON.stringify(sceneGraph()));
  await writeFile(at("step.mjs"), stepNode(at("log"), at("fails"), 0));
});
afterAll(() => line.remove());

async function dataset(args: string, code = 0): Promise<{ out: string; errors: string }> {
  const answer = await line.run("dataset", ...args.split(" ").filter(Boolean));
  expect(answer).toMatchObject({ code });
  return answer;
}

async function recordsIn(place: string) {
  const records = [];
  for await (const item of (await openDataset(at(place))).items()) {
    records.push(recordOf(item, await item.load()));
  }
  return records;
}

async function summaryOf(place: string): Promise<DatasetSummary> {
  return JSON.parse(await readFile(at(`${place}/summary.json`), "utf8")) as DatasetSummary;
}

async function stepRun(sink: string, outputs: readonly string[], args: string, code = 0) {
  await writeFile(at(`${sink}.json`), JSON.stringify(stepGraph(...outputs)));
  return dataset(`run ${sink}.json --source seeds:6 --sink ${sink} --nodes step.mjs ${args}`, code);
}

describe("dataset run", () => {
  test("runs a graph for every record, tells how they were made, and goes on where it stopped", async () => {
    await dataset("run scenes.json --source seeds:6 --sink scenes --limit 4 --no-cache");
    const { errors } = await dataset("run scenes.json --source seeds:6 --sink scenes", 2);
    expect(errors).toContain("--resume");
    const { out } = await dataset("run scenes.json --source seeds:6 --sink scenes --resume --json");
    const events = out
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(events[0]).toEqual({ type: "items-settled", count: 4 });
    expect(events.filter(({ type }) => type === "item-done")).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ type: "dataset-written", records: 6, isComplete: true });

    const records = await recordsIn("scenes");
    expect(records.map(({ key }) => key)).toEqual(["0", "1", "2", "3", "4", "5"]);
    const { source_image: source, instruction, provenance } = records[0]?.fields ?? {};
    const { bytes } = source as { readonly bytes: Uint8Array };
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 128, format: "png" });
    expect(instruction).toMatch(/^\w+ /);
    const { item, made } = JSON.parse(String(provenance));
    expect(item).toBe("0");
    const origins = JSON.parse(await readFile(at("scenes/provenance.json"), "utf8"));
    expect(origins[made]).toMatchObject({
      inputs: [{ input: "seed", field: "seed" }],
      fields: { mask_image: ["grown", "scene"], instruction: ["scene"] },
      graph: { nodes: { grown: { type: "mask.dilate", version: 1, params: { radius: 2 } } } },
      runtime: { node: process.version },
    });
    expect(await readFile(at("scenes/summary.html"), "utf8")).toContain("data:image/jpeg;base64");
  });

  test.each([
    ["imagefolder", "train"],
    ["advancededit", "train"],
    ["webdataset", "."],
  ])("a %s is made anew in place, and records that cannot be made stay", async (format, below) => {
    const args = (graph: string): string =>
      `run ${graph} --source seeds:4 --sink ${format} --format ${format} --nodes step.mjs --no-cache`;
    await writeFile(at("fails"), "");
    await writeFile(at("text.json"), JSON.stringify(stepGraph("text")));
    const changed = JSON.stringify(stepGraph("text")).replace(
      '"my.step"',
      '"my.step","muted":false',
    );
    await writeFile(at("text2.json"), changed);
    await dataset(`${args("text.json")} --shard-size 0.00002`);
    await writeFile(at("fails"), "2");
    await dataset(`${args("text2.json")} --resume`, 1);
    const records = await recordsIn(format);
    expect(records.map(({ key }) => key).toSorted()).toEqual(["0", "1", "2", "3"]);
    const names = (await readdir(at(`${format}/${below}`))).filter((name) => /^train-/.test(name));
    const manifest = JSON.parse(await readFile(at(`${format}/dataset.json`), "utf8"));
    expect(manifest.shards).toHaveLength(names.length);
  });

  test("a changed stage is made again for every record, and those before it are not", async () => {
    await writeFile(at("slow.mjs"), stepNode(at("slow-log"), at("none"), 30));
    for (const [name, decimals] of [
      ["stages", 1],
      ["stages2", 2],
    ] as const) {
      const graph = stepGraph("text", "number") as GraphDocument;
      const digits = {
        ...{ type: "text.from-number", version: 1, params: { decimals } },
        inputs: { number: { node: "step", output: "number" } },
      };
      const outputs = { ...graph.outputs, digits: { node: "digits", output: "text" } };
      const nodes = { ...graph.nodes, digits };
      await writeFile(at(`${name}.json`), JSON.stringify({ ...graph, nodes, outputs }));
    }
    const args = "--source seeds:5 --sink changed --nodes slow.mjs";
    await dataset(`run stages.json ${args}`);
    await dataset(`run stages2.json ${args} --resume`);
    const { nodes, records } = await summaryOf("changed");
    const [step, digits] = ["step", "digits"].map((id) => nodes.find(({ node }) => node === id));
    expect(step).toMatchObject({ ran: 0, cached: 5 });
    expect(digits).toMatchObject({ ran: 5, cached: 0 });
    expect((await readFile(at("slow-log"), "utf8")).trim().split("\n")).toHaveLength(5);
    expect(records).toBe(5);
    expect((await recordsIn("changed"))[1]?.fields).toMatchObject({ digits: "0.50" });
    expect(await readdir(at("changed/data"))).toEqual(["train-00000-of-00001.parquet"]);
    expect((await recordsIn("changed")).map(({ key }) => key)).toEqual(["0", "1", "2", "3", "4"]);
  });

  test("a failing record keeps its reason, and is retried alone; a record of before stays meanwhile", async () => {
    const keys = async () => (await recordsIn("retry")).map(({ key }) => key);
    await writeFile(at("fails"), "2,4");
    const { errors } = await stepRun("retry", ["text"], "--workers 2", 1);
    expect(errors).toContain("2: node.failed at step: no luck with 2");
    expect(await keys()).toEqual(["0", "1", "3", "5"]);
    expect((await summaryOf("retry")).failed).toEqual([
      { reason: expect.stringContaining("no luck with"), count: 2, example: expect.any(String) },
    ]);
    await writeFile(at("log"), "");
    await writeFile(at("fails"), "4");
    await stepRun("retry", ["text"], "--retry-failed", 1);
    expect(await readFile(at("log"), "utf8")).toBe("2\n");
    expect((await keys()).toSorted()).toEqual(["0", "1", "2", "3", "5"]);
    await writeFile(at("fails"), "0,1,2,3,4,5");
    const changed = JSON.stringify(stepGraph("text")).replace(
      '"my.step"',
      '"my.step","muted":false',
    );
    await writeFile(at("retry2.json"), changed);
    await dataset(
      "run retry2.json --source seeds:6 --sink retry --nodes step.mjs --resume --no-cache",
      1,
    );
    expect((await keys()).toSorted()).toEqual(["0", "1", "2", "3", "5"]);
    await writeFile(at("fails"), "");
    await dataset("run retry2.json --source seeds:6 --sink retry --nodes step.mjs --retry-failed");
    expect((await keys()).toSorted()).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  test("a graph that cannot run is refused, and the data set stays as it is", async () => {
    await stepRun("broken", ["text"], "");
    const graph = JSON.stringify(stepGraph("text")).replace('"my.step"', '"my.stop"');
    await writeFile(at("broken2.json"), graph);
    const args = "run broken2.json --source seeds:6 --sink broken --nodes step.mjs --resume";
    const { errors } = await dataset(args, 2);
    expect(errors).toContain("my.stop");
    expect(await recordsIn("broken")).toHaveLength(6);
  });

  test("records that the graph does not keep are counted by reason; numbers and yes or no are kept as such", async () => {
    await stepRun("kept", ["text", "number", "keep", "reason"], "--shard-size 0.00001");
    const fields = (await recordsIn("kept")).map(({ fields: { provenance: _, ...own } }) => own);
    expect(fields).toEqual([0, 2, 4].map((n) => ({ text: `number ${n}`, number: n / 2 })));
    const { rejected, records } = await summaryOf("kept");
    expect(records).toBe(3);
    expect(rejected).toEqual([{ reason: "1 is odd", count: 3, example: "1" }]);
    expect((await readdir(at("kept/data"))).length).toBeGreaterThan(1);
    const left: unknown[] = [];
    for await (const item of (await openRejected(at("kept"))).items()) left.push(await item.load());
    expect(left).toMatchObject(
      [1, 3, 5].map((n) => ({
        ...{ key: `${n}#rejected-0`, text: `number ${n}`, number: n / 2 },
        ...{ rejection_reason: `${n} is odd`, rejected_at: "step" },
      })),
    );
  });

  test("a list makes a record of each of its values", async () => {
    await stepRun("lists", ["text", "texts"], "--format webdataset");
    const records = await recordsIn("lists");
    expect(records).toHaveLength(0 + 1 + 2 + 3 + 4 + 5);
    expect(records.find(({ key }) => key === "3#1")?.fields).toMatchObject({
      ...{ text: "number 3", texts: "3.1" },
    });
  });

  test("a data set is not written among other files, which stay", async () => {
    await mkdir(at("mine/data"), { recursive: true });
    await writeFile(at("mine/data/train-00001.parquet"), "mine");
    const { errors } = await stepRun("mine", ["text"], "", 2);
    expect(errors).toContain("holds other files");
    await dataset("convert lists --sink mine", 2);
    expect(await readdir(at("mine"), { recursive: true })).toEqual([
      ...["data", "data/train-00001.parquet"],
    ]);
  });

  test("parts in one sink make the shards and the manifest of a run without parts, whichever ends last", async () => {
    await writeFile(at("fails"), "2");
    const args = "--shard-size 0.00002 --no-cache";
    await stepRun("unsharded", ["text", "keep", "reason"], `${args} --workers 2`, 1);
    for (const part of [3, 1, 2]) {
      const isFailing = seedOf("2") % 3 === part - 1;
      const { out } = await stepRun(
        "sharded",
        ["text", "keep", "reason"],
        `${args} --shard ${part}/3 --resume`,
        isFailing ? 1 : 0,
      );
      if (part !== 2) {
        expect(out).toContain("the data set is written after part");
        await expect(readFile(at("sharded/dataset.json"))).rejects.toThrow("ENOENT");
      }
    }
    const manifest = await readFile(at("sharded/dataset.json"), "utf8");
    expect(manifest).toBe(await readFile(at("unsharded/dataset.json"), "utf8"));
    expect(JSON.parse(manifest).shards.length).toBeGreaterThan(1);
    expect(await summaryOf("sharded")).toMatchObject({ items: { done: 5, failed: 1 } });
    await writeFile(at("fails"), "");
    const part = (seedOf("2") % 3) + 1;
    await stepRun(
      "sharded",
      ["text", "keep", "reason"],
      `${args} --shard ${part}/3 --retry-failed`,
    );
    expect(await summaryOf("sharded")).toMatchObject({ items: { done: 6, failed: 0 } });
    expect((await recordsIn("sharded")).map(({ key }) => key).toSorted()).toEqual(["0", "2", "4"]);
  });

  test("parts that other graphs made are not joined; what is there stays", async () => {
    await writeFile(at("fails"), "");
    await stepRun("unlike", ["text"], "--shard 1/2");
    const changed = JSON.stringify(stepGraph("text")).replace(
      '"my.step"',
      '"my.step","muted":false',
    );
    await writeFile(at("unlike2.json"), changed);
    const args = "run unlike2.json --source seeds:6 --sink unlike --nodes step.mjs --shard 2/2";
    const { errors } = await dataset(args, 2);
    expect(errors).toContain("part 1 has no result");
    await stepRun("unlike", ["text"], "--shard 2/2 --resume");
    expect(await recordsIn("unlike")).toHaveLength(6);
    // A data set that parts made is no folder of other files to parts of another number.
    await stepRun("unlike", ["text"], "--shard 1/1 --resume");
    expect(await recordsIn("unlike")).toHaveLength(6);
  });

  test("takes photographs and masks of Parquet into whatever a graph names; what is broken fails alone", async () => {
    const white = { create: { width: 4, height: 3, channels: 3, background: "#fff" } } as const;
    await mkdir(at("photos"));
    await sharp(white).png().toFile(at("photos/a.png"));
    await sharp(white).resize(1, 1).jpeg().toFile(at("photos/one.jpg"));
    await writeFile(at("photos/cut.png"), (await readFile(at("photos/a.png"))).subarray(0, 60));
    await writeFile(at("photos/empty.jpg"), "");
    const link = (node: string, output: string) => ({ node, output });
    const graph = {
      format: "insightgraph",
      version: 1,
      nodes: {
        photo: { type: "image.load", version: 1 },
        inverted: {
          type: "mask.invert",
          version: 1,
          inputs: { mask: link("$inputs", "mask") },
        },
      },
      inputs: { image: link("photo", "image"), mask: { type: "mask" } },
      outputs: { source: link("photo", "image"), mask: link("inverted", "mask") },
    };
    await writeFile(at("invert.json"), JSON.stringify(graph));
    await dataset("run invert.json --source photos --sink photos-out --input mask=source_image", 1);
    expect(await summaryOf("photos-out")).toMatchObject({ items: { done: 2, failed: 2 } });
    const [first, second] = await recordsIn("photos-out");
    expect([first?.key, second?.key].toSorted()).toEqual(["a.png", "one.jpg"]);
    await dataset("run invert.json --source photos-out --sink again --format imagefolder");
    for (const { fields } of await recordsIn("again")) {
      const { bytes } = fields["mask_image"] as { readonly bytes: Uint8Array };
      const { data } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
      expect(new Set(data)).toEqual(new Set([255]));
    }
    await copyFile(at("photos/a.png"), at("photos/b.png"));
    await dataset(
      "run invert.json --source photos --sink photos-out --input mask=source_image --resume",
    );
    expect(await summaryOf("photos-out")).toMatchObject({ items: { done: 3, failed: 2 } });
  });

  test.each([
    ["run", "--source"],
    ["run scenes.json --source seeds:1", "--sink"],
    ["run scenes.json --source nowhere --sink x", "not there"],
    ["run scenes.json --source seeds:1 --sink x --input sede=seed", '"seed"'],
    ["run scenes.json --source seeds:1 --sink x --input seed=number", "no such field"],
    ["run scenes.json --source seeds:1 --sink x --format tar", "parquet"],
    ["run scenes.json --source seeds:1 --sink x --shard 4/3", "2/8"],
    ["run scenes.json --source seeds:1 --sink x --workers 0", "whole number"],
    ["rum", "run"],
  ])("dataset %s is refused with a hint", async (args, hint) => {
    const answer = await line.run("dataset", ...args.split(" "));
    expect(answer.code).not.toBe(0);
    expect(answer.errors).toContain(hint);
  });
});

describe("other subcommands", () => {
  test("convert writes the same records in another format; inspect and stats tell what is there", async () => {
    await dataset("run scenes.json --source seeds:3 --sink whole");
    for (const format of ["imagefolder", "webdataset", "parquet"]) {
      await dataset(`convert whole --sink to-${format} --format ${format} --shard-size 0.02`);
      const all = await recordsIn(`to-${format}`);
      expect(all.map(({ key }) => key)).toEqual(["0", "1", "2"]);
      const { out } = await dataset(`stats to-${format} --json`);
      expect(JSON.parse(out)).toMatchObject({ records: 3, sourcePixels: { min: 128, max: 128 } });
    }
    await dataset("convert whole --sink to-parquet", 2);
    const { out } = await dataset("inspect to-webdataset --json");
    expect(JSON.parse(out)).toMatchObject({
      format: "webdataset",
      records: [{ key: "0" }, { key: "1" }, { key: "2" }],
    });
  });
});

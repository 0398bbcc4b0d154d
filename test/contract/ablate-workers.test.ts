import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CommandLine,
  createCommandLine,
} from "../../packages/app/src/command-line.fixture.ts";
import { serve } from "../../packages/app/src/served-jobs.fixture.ts";
import { startPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";

const sample = fileURLToPath(
  new URL("../../graphs/samples/rabbit-teddy-apple.png", import.meta.url),
);
const server = await startPostgres();
const link = (node: string, output: string) => ({ node, output });

/** For each item a number, by an operation that the variants choose, and a picture of this machine. */
const graph = {
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
    load: { type: "image.load", version: 1, params: { path: "a.png" } },
  },
  inputs: { scene: { node: "place", param: "value" } },
  outputs: { score: link("score", "number"), picture: link("load", "image") },
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
  },
};

let line: CommandLine;
const at = (name: string): string => path.join(line.folder, name);
beforeAll(async () => {
  line = await createCommandLine();
  await writeFile(at("graph.json"), JSON.stringify(graph));
  await cp(sample, at("a.png"));
});
afterAll(async () => {
  await line.remove();
  await server?.stop();
});

test.skipIf(server === undefined)(
  "an ablation on workers gives the report of a local one; all cells of an item are on one worker",
  { timeout: 400_000 },
  async () => {
    const database = (await server?.newDatabase()) ?? "";
    const places = ["--connect", database, "--store", "store"];
    const command = ["ablate", "graph.json", "--count", "4"];
    const alone = await line.run(...command, "--out", "alone");
    const worker = line.start("worker", ...places, "--no-cache");
    const together = await line.run(...command, "--out", "out", ...places, "--task-size", "1");
    worker.child.kill("SIGTERM");
    expect([together.code, together.out]).toEqual([alone.code, alone.out]);
    const read = (file: string) => readFile(at(file));
    expect(String(await read("out/table.json"))).toBe(String(await read("alone/table.json")));
    const picture = "pictures/scene-3/divide/picture.png";
    expect(await read(`out/${picture}`)).toEqual(await read(`alone/${picture}`));
    const { code, out } = await worker.answer;
    expect(code).toBe(0);
    expect(out.match(/: \d+ done, \d+ failed/g)).toEqual([
      ...[": 2 done, 1 failed", ": 3 done, 0 failed", ": 3 done, 0 failed"],
      ": 3 done, 0 failed",
    ]);
  },
);

test.skipIf(server === undefined)(
  "an ablation of the page runs on the workers of its server's database, and what lies out of reach is refused",
  { timeout: 400_000 },
  async ({ onTestFinished }) => {
    const places = ["--connect", (await server?.newDatabase()) ?? "", "--store", "served-store"];
    process.env["INSIGHTGRAPH_STORE"] = at("served-store");
    const worker = line.start("worker", ...places, "--no-cache");
    const served = await serve(line, "graph.json", ...places.slice(0, 2));
    onTestFinished(async () => {
      delete process.env["INSIGHTGRAPH_STORE"];
      await served.stop("SIGTERM");
      worker.child.kill("SIGKILL");
      await worker.answer;
    });
    const ask = async (where: string, body?: object) => {
      const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      return (await fetch(`${served.address}/api/${where}`, init)).json();
    };
    while ((await ask("cluster")).workers.length === 0) await setTimeout(100);
    const ended = async (name: string, asked: object) => {
      await ask("ablations", { name, graph: asked, count: 4 });
      for (;;) {
        const { ablations } = await ask("ablations");
        const [found] = ablations.filter((each: { readonly name: string }) => each.name === name);
        if (found.state !== "queued" && found.state !== "running") return found;
        await setTimeout(100);
      }
    };
    expect(await ended("sums", graph)).toMatchObject({ state: "done", done: 11, failed: 1 });
    const load = { ...graph.nodes.load, params: { path: "/etc/hostname" } };
    const far = { ...graph, nodes: { ...graph.nodes, load } };
    expect(await ended("far", far)).toMatchObject({
      state: "failed",
      error: { what: expect.stringContaining("outside the folders") },
    });
    worker.child.kill("SIGTERM");
    const { out } = await worker.answer;
    expect(out.match(/: \d+ done, \d+ failed/g)).toEqual([": 11 done, 1 failed"]);
  },
);

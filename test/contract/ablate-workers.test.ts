import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CommandLine,
  createCommandLine,
} from "../../packages/app/src/command-line.fixture.ts";
import { stepNode } from "../../packages/app/src/dataset/scene-graphs.fixture.ts";
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

/** Starts a server with a database and a store, and asks it. */
async function serveShared(places: readonly string[], ...args: readonly string[]) {
  const [, , , store = ""] = places;
  process.env["INSIGHTGRAPH_STORE"] = at(store);
  const served = await serve(line, "graph.json", ...places.slice(0, 2), ...args);
  delete process.env["INSIGHTGRAPH_STORE"];
  const ask = async (where: string, body?: object) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return (await fetch(`${served.address}/api/${where}`, init)).json();
  };
  /** Waits for what fits among its ablations. */
  const until = async (name: string, fits: (found: { state: string; done: number }) => boolean) => {
    for (;;) {
      const { ablations } = await ask("ablations");
      const [found] = ablations.filter((each: { readonly name: string }) => each.name === name);
      if (found !== undefined && fits(found)) return found;
      await setTimeout(100);
    }
  };
  return { ask, until, stop: served.stop };
}

const isOver = ({ state }: { readonly state: string }): boolean =>
  state !== "queued" && state !== "running";

test.skipIf(server === undefined)(
  "an ablation on workers gives the report of a local one; all cells of an item are on one worker",
  async () => {
    const database = (await server?.newDatabase()) ?? "";
    const places = ["--connect", database, "--store", "store"];
    const command = ["ablate", "graph.json", "--count", "4"];
    const alone = await line.run(...command, "--out", "alone");
    const worker = line.start("worker", ...places, "--no-cache");
    const surroundings = [`INSIGHTGRAPH_DATABASE=${database}`, `INSIGHTGRAPH_STORE=${at("store")}`];
    const run = line.startBy(
      ["env", ...surroundings],
      ...command,
      "--out",
      "out",
      "--task-size",
      "1",
    );
    const together = await run.answer;
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
  async ({ onTestFinished }) => {
    const places = ["--connect", (await server?.newDatabase()) ?? "", "--store", "served-store"];
    const worker = line.start("worker", ...places, "--no-cache");
    const { ask, until, stop } = await serveShared(places);
    onTestFinished(async () => {
      await stop("SIGTERM");
      worker.child.kill("SIGKILL");
      await worker.answer;
    });
    while ((await ask("cluster")).workers.length === 0) await setTimeout(100);
    const ended = async (name: string, asked: object) => {
      await ask("ablations", { name, graph: asked, count: 4 });
      return until(name, isOver);
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

test.skipIf(server === undefined)(
  "an ablation that the page began without a worker goes on with the one that comes, through a kill -9 of its server",
  async ({ onTestFinished }) => {
    const places = ["--connect", (await server?.newDatabase()) ?? "", "--store", "later-store"];
    const hold = at("hold");
    await writeFile(hold, "");
    // From the third item on it waits, and lets go where it is cancelled.
    const waiting = stepNode(at("log"), at("fails"), 0)
      .replace("{ seed })", "{ seed }, { signal })")
      .replace(
        "appendFileSync(",
        `while (seed >= 2 && existsSync(${JSON.stringify(hold)})) {
          signal.throwIfAborted();
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        appendFileSync(`,
      );
    await writeFile(at("step.mjs"), waiting);
    const step = { type: "my.step", version: 1 };
    const score = {
      ...graph.nodes.score,
      inputs: { a: link("step", "number"), b: link("ten", "number") },
    };
    const steps = {
      ...graph,
      nodes: { ten: graph.nodes.ten, step, score },
      inputs: { scene: { node: "step", param: "seed" } },
      outputs: { score: link("score", "number") },
    };
    const own = ["--nodes", "step.mjs", "--no-cache"];
    const first = await serveShared(places, ...own);
    await first.ask("ablations", { name: "later", graph: steps, count: 5 });
    await first.until("later", ({ done }) => done === 6);
    const other = line.start("worker", ...places, "--no-cache");
    const worker = line.start("worker", ...places, ...own);
    onTestFinished(async () => {
      for (const { child, answer } of [other, worker]) {
        child.kill("SIGKILL");
        await answer;
      }
    });
    const isTaken = async ({ ask }: typeof first, earlier?: string): Promise<string> => {
      for (;;) {
        const [run] = (await ask("cluster")).runs;
        if (run?.tasks.running === 1 && run.id !== earlier) return run.id;
        await setTimeout(100);
      }
    };
    const run = await isTaken(first);
    // Its server dies meanwhile, and the next one goes on with the same worker.
    await first.stop("SIGKILL");
    const next = await serveShared(places, ...own);
    onTestFinished(() => next.stop("SIGTERM"));
    await isTaken(next, run);
    await rm(hold);
    expect(await next.until("later", isOver)).toMatchObject({ state: "done", done: 15, failed: 0 });
    for (const { child } of [other, worker]) child.kill("SIGTERM");
    // Of the first server's run the worker lost what it had.
    const told = (await worker.answer).out.match(/: \d+ done, \d+ failed/g) ?? [];
    expect(told.at(-1)).toBe(": 9 done, 0 failed");
    expect(new Set(told.slice(0, -1))).toEqual(new Set([": 0 done, 0 failed"]));
    expect((await other.answer).out).not.toContain("done");
    expect((await readFile(at("log"), "utf8")).trim().split("\n").sort()).toEqual([..."01234"]);
  },
);

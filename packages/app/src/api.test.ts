import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { projectDir } from "./places.ts";
import { type Served, serve } from "./served-jobs.fixture.ts";

const commandLine = await createCommandLine();
const { folder, run: insightgraph } = commandLine;
let served: Served;

const words = { type: "text.value", version: 1, params: { text: "hello" } };
const graph = {
  format: "insightgraph",
  version: 1,
  nodes: { words },
  outputs: { answer: { node: "words", output: "text" } },
};

beforeAll(async () => {
  await writeFile(path.join(folder, "words.json"), JSON.stringify(graph));
  served = await serve(commandLine, "words.json");
});
afterAll(async () => {
  await served.stop("SIGTERM");
  await commandLine.remove();
});

test("the examples of docs/api.md do what it says", async () => {
  const page = await readFile(path.join(projectDir, "docs/api.md"), "utf8");
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
  expect(blocks.length).toBeGreaterThan(5);
  const script = ["set -euo pipefail", ...blocks.flatMap((block) => [block, "echo"])].join("\n");
  const { stdout } = await promisify(execFile)(
    "bash",
    ["-c", script.replace("http://127.0.0.1:7878", served.address)],
    { cwd: folder },
  );
  expect(stdout).not.toContain('"error"');
  expect(stdout).toContain('"type":"run-finished"');
  expect(stdout).toContain('"state":"done"');
  const submitted = JSON.parse(await readFile(path.join(folder, "submitted.json"), "utf8"));
  expect(submitted.job).toMatchObject({ requestId: "greeting-1", client: "api", state: "queued" });
});

test("run --server hands the graph over, and jobs steers it", async () => {
  const server = ["--server", served.address];
  const ran = await insightgraph("run", "words.json", "--set", "words.text=goodbye", ...server);
  expect(ran).toMatchObject({ code: 0, out: "answer: goodbye\n" });
  const listed = await insightgraph("jobs", "list", "--json", "--limit", "1", ...server);
  const [job] = JSON.parse(listed.out);
  expect(job).toMatchObject({ state: "done", client: expect.stringContaining("command at") });
  const watched = await insightgraph("jobs", "watch", job.id, "--json", ...server);
  expect(watched.out).toContain('"type":"run-finished"');
  expect((await insightgraph("jobs", "retry", job.id, ...server)).code).toBe(0);
  const kept = await insightgraph("jobs", "keep", job.id, "--json", ...server);
  expect(JSON.parse(kept.out)).toMatchObject({ id: job.id, isKept: true });
  expect((await insightgraph("jobs", "pause", ...server)).code).toBe(0);
  const retried = await insightgraph("jobs", "retry", job.id, "--json", ...server);
  const { id } = JSON.parse(retried.out);
  expect((await insightgraph("jobs", "move", id, ...server)).code).toBe(0);
  expect((await insightgraph("jobs", "cancel", id, ...server)).code).toBe(0);
  expect((await insightgraph("jobs", "resume", ...server)).code).toBe(0);
  expect((await insightgraph("jobs", "delete", id, ...server)).code).toBe(0);
  expect((await insightgraph("jobs", "delete", id, ...server)).code).toBe(1);
  const shown = await insightgraph("jobs", "show", "nothing", ...server);
  expect(shown).toMatchObject({ code: 1, errors: expect.stringContaining("jobs.unknown") });
});

test("a graph with issues is refused before it is a job", async () => {
  const wrong = { ...graph, nodes: { words: { ...words, type: "text.valeu" } } };
  await writeFile(path.join(folder, "wrong.json"), JSON.stringify(wrong));
  const ran = await insightgraph("run", "wrong.json", "--server", served.address);
  expect(ran).toMatchObject({ code: 2, errors: expect.stringContaining("graph.unknown-type") });
});

test("a second server on the data folder says so and stops", async () => {
  const second = await insightgraph("serve", "words.json", "--port", "0");
  expect(second).toMatchObject({ code: 1, errors: expect.stringContaining("jobs.locked") });
});

test("options that the server decides are refused", async () => {
  const ran = await insightgraph("run", "words.json", "--no-cache", "--server", served.address);
  expect(ran).toMatchObject({ code: 2, errors: expect.stringContaining("--no-cache") });
});

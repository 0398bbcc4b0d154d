import { execFile } from "node:child_process";
import { mkdir, readFile, rename, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { type Served, serve } from "./served-jobs.fixture.ts";
import { openServerClient, type ServerClient } from "./server-client.ts";
import { followJob } from "./server-host.ts";

const commandLine = await createCommandLine();
const at = (...parts: string[]): string => path.join(commandLine.folder, ...parts);
const signal = "go-on";
let served: Served;
let client: ServerClient;

/** A node that waits until a file of the workspace appears. */
const waitNode = `import { access } from "node:fs/promises";
import { defineNode, param } from "@insightgraph/engine/node";
import { text } from "@insightgraph/nodes/ports";
export const wait = defineNode({ type: "my.wait", version: 1, title: "T", doc: "D.", inputs: {},
  params: { for: param.text({ default: "", doc: "D." }) }, outputs: { text: text("T.") }, cacheable: false,
  async run(_inputs, settings, { progress }) {
    for (let at = 0; settings.for !== ""; at++) {
      progress(at, at + 1);
      if (await access(settings.for).then(() => true, () => false)) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { text: "waited" };
  } });
`;

function graphFor(file: string) {
  const inputs = { text: { node: "wait", output: "text" } };
  const params = { path: "note.txt", existing: "replace" };
  const nodes = {
    wait: { type: "my.wait", version: 1, params: { for: file } },
    save: { type: "text.save", version: 2, params, inputs },
  };
  return { format: "insightgraph", version: 1, nodes };
}

async function submit(requestId: string, file = ""): Promise<string> {
  const answer = await client.submit({ requestId, client: "test", graph: graphFor(file) });
  if ("issues" in answer) throw new Error(answer.issues[0]?.what);
  return answer.job.id;
}

const endOf = (id: string) => followJob(client, id, () => {});

async function untilRunning(id: string): Promise<void> {
  const { events } = await client.events(id, 0);
  if (!events.some(({ type }) => type === "node-progressed")) await untilRunning(id);
}

const mount = (...args: string[]) => promisify(execFile)("mount", args);
// Lazily: a process that ends may still have files there.
const umount = (place: string) => promisify(execFile)("umount", ["-l", place]);
let isSmall = false;

beforeAll(async () => {
  await mkdir(at("data"));
  // Only root can make a small disk, and not in every container.
  isSmall = await mount("-t", "tmpfs", "-o", "size=4m", "none", at("data")).then(
    () => true,
    () => false,
  );
  await mkdir(at("work"));
  await writeFile(at("work/graph.json"), JSON.stringify(graphFor("")));
  await writeFile(at("wait.mjs"), waitNode);
  served = await serve(commandLine, "work/graph.json", "--nodes", "wait.mjs");
  client = openServerClient(served.address);
});
afterAll(async () => {
  await served.stop("SIGTERM");
  if (isSmall) await umount(at("data"));
  await commandLine.remove();
});

describe("causes from outside", () => {
  test("a data folder that fills up while a job runs: its result is given, and nothing is lost", async (context) => {
    if (!isSmall) return context.skip();
    const running = await submit("running", signal);
    await untilRunning(running);
    const { bavail, bsize } = await statfs(at("data"));
    await writeFile(at("data/fill"), Buffer.alloc(bavail * bsize));
    await expect(submit("refused")).rejects.toMatchObject({ code: "disk.full" });
    await writeFile(at("work", signal), "");
    expect(await endOf(running)).toMatchObject({
      type: "run-finished",
      warning: { code: "disk.full" },
    });
    expect(await readFile(at("work/note.txt"), "utf8")).toBe("waited");
    await rm(at("data/fill"));
    expect(await endOf(await submit("later"))).not.toHaveProperty("warning");
    expect(await client.get(running)).toMatchObject({ state: "done" });
  });

  test("a workspace that vanishes is told, and used again when it is back", async () => {
    await endOf(await submit("before"));
    await rename(at("work"), at("elsewhere"));
    const gone = { code: "file.unreadable", what: expect.stringContaining("is not there") };
    expect(await endOf(await submit("gone"))).toMatchObject({ error: gone });
    const listed = await fetch(`${served.address}/api/graphs`);
    expect(await listed.json()).toMatchObject({ error: gone });
    await mkdir(at("work"));
    expect(await endOf(await submit("back"))).toMatchObject({ type: "run-finished" });
    expect(await readFile(at("work/note.txt"), "utf8")).toBe("waited");
  });
});

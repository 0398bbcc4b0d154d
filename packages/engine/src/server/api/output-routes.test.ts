import { appendFile, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerGraph } from "../../host/answer-nodes.fixture.ts";
import { createFakeHost } from "../../jobs/fake-host.fixture.ts";
import { openJobQueue } from "../../jobs/job-queue.ts";
import { openSqliteJobStore } from "../../jobs/sqlite/sqlite-job-store.ts";
import { createApi } from "./answer-routes.ts";
import { outputRoutes } from "./output-routes.ts";

let folder = "";
const at = (...parts: string[]): string => path.join(folder, ...parts);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-outputs-"));
  for (const name of ["work", "outside"]) await mkdir(at(name));
  await writeFile(at("outside/secret.txt"), "mine");
  await writeFile(at("work/a.txt"), "hello");
  await writeFile(at("work/page.svg"), "<svg/>");
  await writeFile(at("work/a.manifest.json"), "{}");
  await symlink(at("outside"), at("work/way-out"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The outputs of a job that has saved files and is over. */
async function openOutputs(...files: string[]) {
  const host = createFakeHost();
  const store = await openSqliteJobStore(":memory:");
  const queue = await openJobQueue({ store, folder: at("work"), host, log: () => {} });
  const ended = new Promise<void>((resolve) => {
    queue.subscribe(({ type }) => type === "run-finished" && resolve());
  });
  const job = await queue.submit({ requestId: "1", client: "c", graph: answerGraph("pid") });
  const id = "id" in job ? job.id : "";
  await host.started(1);
  for (const file of files) host.runs[0]?.emit({ type: "node-saved", nodeId: "a", path: file });
  host.runs[0]?.emit({ type: "manifest-written", path: at("work/a.manifest.json") });
  host.runs[0]?.end({ type: "run-finished", ms: 1 });
  await ended;
  const answer = createApi(outputRoutes(queue, { outputDirs: [at("work")] }));
  return (place: string, method = "GET") => {
    const url = new URL(`/api/jobs/${id}/${place}`, "http://localhost");
    return answer(new Request(url, { method }), url);
  };
}

test("[J15] the files and the manifest of a job are given out, whole", async () => {
  const ask = await openOutputs("a.txt", at("work/page.svg"));
  const first = await ask("outputs/0");
  expect(Object.fromEntries(first.headers)).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-length": "5",
    "content-disposition": "attachment; filename*=UTF-8''a.txt",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  expect(await first.text()).toBe("hello");
  const second = await ask("outputs/1");
  expect(second.headers.get("content-disposition")).toContain("attachment");
  expect(await second.text()).toBe("<svg/>");
  expect(await (await ask("manifest")).text()).toBe("{}");
});

test("[J15] no file outside the folders is given out, nor one that is not there", async () => {
  const ask = await openOutputs("../outside/secret.txt", "way-out/secret.txt", "none.txt", ".");
  for (const number of ["0", "1", "2", "3", "4", "x", "-1"]) {
    const reply = await ask(`outputs/${number}`);
    expect([number, reply.status]).toEqual([number, 410]);
    expect(await reply.json()).toMatchObject({ error: { code: "jobs.output-gone" } });
  }
});

test("[J15] a file that was written again since is not given out as the job's", async () => {
  await writeFile(at("work/b.txt"), "first");
  const ask = await openOutputs("b.txt");
  expect((await ask("outputs/0")).status).toBe(200);
  await appendFile(at("work/b.txt"), " and more");
  // Clocks of file systems are a few milliseconds late.
  const laterMs = Date.now() + 1000;
  await utimes(at("work/b.txt"), laterMs / 1000, laterMs / 1000);
  expect(await (await ask("outputs/0")).json()).toMatchObject({
    error: { what: expect.stringContaining("written again") },
  });
});

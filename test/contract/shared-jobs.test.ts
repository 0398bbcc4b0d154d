import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CommandLine,
  createCommandLine,
} from "../../packages/app/src/command-line.fixture.ts";
import { type Served, serve } from "../../packages/app/src/served-jobs.fixture.ts";
import { openServerClient } from "../../packages/app/src/server-client.ts";
import { followJob } from "../../packages/app/src/server-host.ts";
import { startPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";

const server = await startPostgres();
const people: CommandLine[] = [];
const running: Served[] = [];
let database = "";
const words = { type: "text.value", version: 1, params: { text: "hello" } };
const output = { node: "words", output: "text" };
const graph = { format: "insightgraph", version: 1, nodes: { words }, outputs: { answer: output } };

beforeAll(async () => {
  database = (await server?.newDatabase()) ?? "";
});
afterAll(async () => {
  for (const served of running) await served.stop("SIGTERM");
  for (const person of people) await person.remove();
  await server?.stop();
});

async function newPerson(): Promise<CommandLine> {
  const person = await createCommandLine();
  people.push(person);
  await mkdir(path.join(person.folder, "work"));
  await writeFile(path.join(person.folder, "work/graph.json"), JSON.stringify(graph));
  return person;
}

test.skipIf(server === undefined)(
  "two servers share one list of jobs, each runs its own, and a folder has one server",
  async () => {
    const [anne, bob] = [await newPerson(), await newPerson()];
    for (const person of [anne, bob]) {
      running.push(await serve(person, "work/graph.json", "--connect", database));
    }
    const clients = running.map(({ address }) => openServerClient(address));
    const ids: string[] = [];
    for (const client of clients) {
      const answer = await client.submit({ requestId: "1", client: `c${ids.length}`, graph });
      if ("issues" in answer) throw new Error("the graph was refused");
      ids.push(answer.job.id);
      // Each server tells the whole of the job, whichever runs it.
      for (const follower of clients) {
        const types: string[] = [];
        await followJob(follower, answer.job.id, ({ type }) => types.push(type));
        expect(types).toContain("node-started");
        expect(types.at(-1)).toBe("run-finished");
      }
    }
    for (const client of clients) {
      const jobs = await client.list([], 9);
      expect(jobs.map(({ id, state }) => [id, state])).toEqual(
        ids.toReversed().map((id) => [id, "done"]),
      );
    }
    const carl = await newPerson();
    const jobs = (...args: string[]) => carl.run("jobs", ...args, "--connect", database);
    const [id = ""] = ids;
    expect((await jobs("list")).out.match(/ done /g)).toHaveLength(2);
    const { answer } = carl.startBy(["env", `INSIGHTGRAPH_DATABASE=${database}`], "jobs", "list");
    expect((await answer).out.match(/ done /g)).toHaveLength(2);
    expect((await jobs("watch", id, "--json")).out).toContain('"type":"run-finished"');
    expect((await jobs("pause")).code).toBe(0);
    const retried = JSON.parse((await jobs("retry", id, "--json")).out);
    expect(retried).toMatchObject({ state: "queued", folder: expect.stringMatching(/^.+:\//) });
    const watched = jobs("watch", retried.id, "--json");
    expect((await jobs("resume")).code).toBe(0);
    expect((await watched).out).toContain('"type":"run-finished"');
    expect((await jobs("show", "none")).errors).toContain("jobs.unknown");
    const both = await carl.run("jobs", "--server", "http://localhost:1", "--connect", database);
    expect(both).toMatchObject({ code: 2, errors: expect.stringContaining("do not go together") });
    const again = path.join(anne.folder, "work/graph.json");
    const refused = await carl.run("serve", again, "--port", "0", "--connect", database);
    expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining("jobs.locked") });
    expect(refused.errors).not.toContain(database);
  },
);

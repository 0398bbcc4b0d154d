import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import Schema from "typebox/schema";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDocumentsForTest } from "../../documents/documents-for-test.fixture.ts";
import { answerGraph } from "../../host/answer-nodes.fixture.ts";
import { openAnswerHost } from "../../host/child/open-answer-host.fixture.ts";
import { openJobQueue } from "../../jobs/job-queue.ts";
import { openSqliteJobStore } from "../../jobs/sqlite/sqlite-job-store.ts";
import { createFakeAblations } from "../fake-ablations.fixture.ts";
import { createFakeCluster, fakeDead, fakeRun } from "../fake-cluster.fixture.ts";
import { bareSite } from "../site.fixture.ts";
import { type RunningServer, startServer } from "../start-server.ts";
import type { OpenApi } from "./openapi.ts";
import { createRequests, type JsonSchema, type Operation } from "./openapi-requests.fixture.ts";

const runs = 40;
const host = openAnswerHost();
const cluster = createFakeCluster();
let server: RunningServer;
/** Ids that name something, so that random requests reach what is behind them. */
const known: Record<string, string[]> = {};

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-openapi-"));
  const documents = await openDocumentsForTest();
  const graph = answerGraph("pid");
  const { id } = await documents.create("served", graph);
  await documents.save(id, {});
  const store = await openSqliteJobStore(":memory:");
  const jobs = await openJobQueue({ store, folder, host, log: () => {} });
  const [version] = await documents.versions("served.json");
  const job = await jobs.submit({ requestId: "1", client: "c", graph });
  Object.assign(known, {
    id: [id, "id" in job ? job.id : "", "known", fakeRun],
    dead: [fakeDead],
    file: ["served.json"],
    version: [version?.id ?? ""],
  });
  server = await startServer({
    ...{
      host,
      jobs,
      documents,
      graph,
      graphName: "served",
      workspace: "/work",
      version: "0",
      log: () => {},
    },
    openServed: async () => id,
    ...bareSite,
    ablations: async () => createFakeAblations(),
    cluster: async () => cluster,
    ...{
      editorDir: folder,
      uploadsDir: folder,
      pictureDirs: [folder],
      outputDirs: [folder],
      workDir: folder,
      port: 0,
    },
  });
});
afterAll(async () => {
  await server.close();
  await host.close();
});

const description = await readFile(
  new URL("../../../../../docs/openapi.json", import.meta.url),
  "utf8",
);
const document = JSON.parse(description) as OpenApi;
const operations = Object.entries(document.paths).flatMap(([place, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    place,
    operation: operation as Operation,
  })),
);

/** Whether a value fits a schema whose references lead into the description. */
function fits(schema: JsonSchema, value: unknown): boolean {
  return Schema.Check({ ...schema, components: document.components } as object, value);
}

function responseSchema(operation: Operation, status: number): JsonSchema | undefined {
  const refused = (
    document.components as { responses: { Refused: Operation["responses"][string] } }
  ).responses.Refused;
  const response = operation.responses[status] ?? refused;
  return response.content?.["application/json"]?.schema;
}

describe.each(operations)("$method $place", ({ method, place, operation }) => {
  test("any request is answered as the description says", async () => {
    const requests = createRequests(document, place, operation, known);
    await fc.assert(
      fc.asyncProperty(requests, async ({ address, body, isValid }) => {
        const init = body === undefined ? { method } : { method, body };
        const reply = await fetch(new URL(address, server.url), init);
        const bytes = await reply.arrayBuffer();
        const shown = `${method} ${address} ${String(body)} -> ${reply.status}`;
        expect(reply.status, shown).toBeLessThan(500);
        // A request that fits its schema may be refused for what it asks, not for how.
        if (isValid) expect(reply.status, shown).not.toBe(400);
        const schema = responseSchema(operation, reply.status);
        if (schema === undefined) return;
        const answer: unknown = JSON.parse(Buffer.from(bytes).toString());
        expect(fits(schema, answer), `${shown} ${JSON.stringify(answer)}`).toBe(true);
      }),
      { numRuns: runs, seed: 7 },
    );
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openDocumentsForTest } from "../../packages/engine/src/documents/documents-for-test.fixture.ts";
import { answerGraph } from "../../packages/engine/src/host/answer-nodes.fixture.ts";
import { openAnswerHost } from "../../packages/engine/src/host/child/open-answer-host.fixture.ts";
import type { ProcessMemory } from "../../packages/engine/src/host/execution-host.ts";
import { openJobQueue } from "../../packages/engine/src/jobs/job-queue.ts";
import { openSqliteJobStore } from "../../packages/engine/src/jobs/sqlite/sqlite-job-store.ts";
import { bareSite } from "../../packages/engine/src/server/site.fixture.ts";
import { startServer } from "../../packages/engine/src/server/start-server.ts";

/** The engine's server with the built page and a few plain nodes, in the test's own process. */
export interface ServedEngine {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param memory What its execution processes use; omitted: what they really do */
export async function serveEngine(memory?: readonly ProcessMemory[]): Promise<ServedEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-engine-"));
  const own = openAnswerHost();
  const host = memory === undefined ? own : { ...own, memory: () => memory };
  const graph = answerGraph("pid");
  const documents = await openDocumentsForTest();
  const served = await documents.create("test", graph);
  const store = await openSqliteJobStore(":memory:");
  const server = await startServer({
    ...bareSite,
    ...{ host, documents, graph, graphName: "test", version: "0", port: 0, log: () => {} },
    openServed: async () => served.id,
    jobs: await openJobQueue({ store, folder, host, log: () => {} }),
    editorDir: fileURLToPath(new URL("../../packages/editor-ui/dist/app/", import.meta.url)),
    uploadsDir: path.join(folder, "uploads"),
    ...{ workspace: folder, workDir: folder, pictureDirs: [], outputDirs: [] },
  });
  return {
    url: server.url,
    async stop() {
      await server.close();
      await own.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

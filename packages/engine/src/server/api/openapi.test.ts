import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openDocumentsForTest } from "../../documents/documents-for-test.fixture.ts";
import { createFakeHost } from "../../jobs/fake-host.fixture.ts";
import { openJobQueue } from "../../jobs/job-queue.ts";
import { openSqliteJobStore } from "../../jobs/sqlite/sqlite-job-store.ts";
import { createFakeAblations } from "../fake-ablations.fixture.ts";
import { createMetrics } from "../metrics.ts";
import { apiRoutes } from "../request-handler.ts";
import { bareSite } from "../site.fixture.ts";
import type { SiteOptions } from "../site-options.ts";
import { components } from "./components.ts";
import { toOpenApi } from "./openapi.ts";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));
const store = await openSqliteJobStore(":memory:");
const host = createFakeHost();
const options = {
  host: host as unknown as SiteOptions["host"],
  jobs: await openJobQueue({ store, folder: "f", host, log: () => {} }),
  documents: await openDocumentsForTest(),
  ...bareSite,
  ablations: async () => createFakeAblations(),
  ...{ editorDir: "", uploadsDir: "", pictureDirs: [], outputDirs: [], workDir: "" },
};
const routes = apiRoutes(options, createMetrics(options));
const document = toOpenApi(routes);
// One line for each operation and schema.
const text = JSON.stringify(document, null, 1).replace(/\n {4,}|\n {3}(?=[}\]])/g, "");

test("the description is published in docs; `vitest -u` writes it anew", async () => {
  await expect(`${text}\n`).toMatchFileSnapshot(path.join(root, "docs/openapi.json"));
});

test("every reference leads somewhere", () => {
  for (const [, pointer = ""] of text.matchAll(/"\$ref": "#\/([^"]+)"/g)) {
    const found = pointer
      .split("/")
      .reduce<unknown>((at, key) => Reflect.get(Object(at), key), document);
    expect(found, pointer).toBeDefined();
  }
});

test("operations have names of their own, and every component is used", () => {
  const ids = [...text.matchAll(/"operationId": "([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toHaveLength(routes.length);
  expect(new Set(ids).size).toBe(ids.length);
  for (const name of Object.keys(components)) expect(text).toContain(`schemas/${name}"`);
});

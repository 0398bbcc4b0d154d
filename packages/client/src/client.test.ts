import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type {
  DocumentSummary,
  FileVersion,
  GraphFile,
  JobSummary,
  SequencedEvent,
} from "@insightgraph/engine/protocol";
import { describe, expect, expectTypeOf, test } from "vitest";
import { answerOf, createClient, RefusedError, type Schemas } from "./client.ts";
import { generateTypes } from "./generate-types.fixture.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

test("the types are those of docs/openapi.json; `vitest -u` writes them anew", async () => {
  const document = await readFile(path.join(root, "docs/openapi.json"), "utf8");
  const generated = path.join(root, "packages/client/generated/api.d.ts");
  await expect(await generateTypes(document)).toMatchFileSnapshot(generated);
});

/** As it comes out of JSON: nothing is read-only. */
type Sent<T> = T extends object ? { -readonly [K in keyof T]: Sent<T[K]> } : T;

test("what the server sends is what the description says", () => {
  expectTypeOf<Sent<JobSummary>>().toExtend<Schemas["JobSummary"]>();
  expectTypeOf<Sent<SequencedEvent>>().toExtend<Schemas["Event"]>();
  expectTypeOf<Sent<GraphFile>>().toExtend<Schemas["GraphFile"]>();
  expectTypeOf<Sent<FileVersion>>().toExtend<Schemas["FileVersion"]>();
  expectTypeOf<Sent<DocumentSummary>>().toExtend<Schemas["DocumentSummary"]>();
});

describe("a client", () => {
  function answering(status: number, body: unknown) {
    const requests: Request[] = [];
    const fetch = async (request: Request): Promise<Response> => {
      requests.push(request);
      return new Response(JSON.stringify(body), { status });
    };
    return { requests, client: createClient({ baseUrl: "http://server", token: "secret", fetch }) };
  }

  test("asks as it was told to, and gives the answer", async () => {
    const { client, requests } = answering(200, { jobs: [] });
    const query = { state: ["queued" as const, "running" as const], limit: 5 };
    const { jobs } = await answerOf(client.GET("/api/jobs", { params: { query } }));
    expect(jobs).toEqual([]);
    expect(requests[0]?.url).toBe("http://server/api/jobs?state=queued&state=running&limit=5");
    expect(requests[0]?.headers.get("authorization")).toBe("Bearer secret");
  });

  test("a refusal is an error with the server's reason", async () => {
    const error = { code: "jobs.unknown", what: "there is no job", hint: "List them." };
    const { client } = answering(404, { error });
    const path = { id: "a b/c" };
    const call = answerOf(client.GET("/api/jobs/{id}", { params: { path } }));
    await expect(call).rejects.toThrow(RefusedError);
    await expect(call).rejects.toMatchObject({ status: 404, reason: error });
  });
});

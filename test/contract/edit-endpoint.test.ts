import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type ImageServer,
  startImageServer,
} from "../../packages/editing/src/endpoints/image-server.fixture.ts";
import { editEndpoint } from "../../packages/nodes/src/edit/endpoint.ts";
import { grey, plainRun } from "../../packages/nodes/src/plain-run.fixture.ts";

let server: ImageServer;
beforeEach(async () => {
  server = await startImageServer();
});
afterEach(() => server.close());

const image = grey([10, 20], [30, 40]);
const settingsOf = (change: object = {}) => ({
  ...{ instruction: "make it winter", address: server.address, model: "edit-1", keyVariable: "" },
  ...{ seed: 3, steps: 0, guidance: 0, size: "picture" as const, concurrency: 4, timeout: 10 },
  ...change,
});

test("gives the server's picture, and says who made it of which seed", async () => {
  server.version = "0.15.0";
  const lines: string[] = [];
  const context = { ...plainRun, log: (line: string) => void lines.push(line) };
  const { image: edited, report } = await editEndpoint.run({ image }, settingsOf(), context);
  expect(edited).toEqual(image);
  const [sent] = server.received;
  expect(JSON.parse(report)).toEqual({
    model: "edit-1",
    address: server.address,
    build: "vllm 0.15.0 uvicorn",
    seed: 3,
    sha256: createHash("sha256")
      .update(sent?.image ?? "")
      .digest("hex"),
  });
  expect(lines.join()).toContain("edit-1 on vllm 0.15.0 uvicorn: the answer's SHA-256 is ");
});

test("another build of the server gets another key", async () => {
  server.version = "0.15.0";
  expect(await editEndpoint.fingerprint?.(settingsOf())).toBe("edit-1 on vllm 0.15.0 uvicorn");
  const other = await startImageServer();
  other.version = "0.16.0";
  const fingerprint = await editEndpoint.fingerprint?.(settingsOf({ address: other.address }));
  await other.close();
  expect(fingerprint).toBe("edit-1 on vllm 0.16.0 uvicorn");
});

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { describeObjectStore } from "./object-store.contract.ts";
import { startS3Server } from "./s3-server.fixture.ts";
import { createS3Store } from "./s3-store.ts";

const server = await startS3Server();
afterAll(() => server?.stop());
let bucket = "";

describe.skipIf(server === undefined)("with an S3 server", () => {
  describeObjectStore("S3 store", async (isSame) => {
    if (!isSame) bucket = (await server?.newBucket()) ?? "";
    return createS3Store({ bucket, prefix: "" });
  });

  test("prefixes keep stores in one bucket apart", async () => {
    const name = (await server?.newBucket()) ?? "";
    const one = createS3Store({ bucket: name, prefix: "one/" });
    await one.create("a", new Uint8Array(1));
    const keys: string[] = [];
    for await (const { key } of one.list("")) keys.push(key);
    expect(keys.sort()).toEqual([".insightgraph", "a"]);
    expect(await createS3Store({ bucket: name, prefix: "two/" }).read("a")).toBeUndefined();
  });

  test("a bucket that does not exist is said to be unusable", async () => {
    const store = createS3Store({ bucket: "never-made", prefix: "" });
    const fault = { code: "objects.unavailable" };
    await expect(store.create("a", new Uint8Array())).rejects.toMatchObject(fault);
  });
});

/** Storage that takes every write, as some do that do not know conditional puts. */
async function startForgetful(): Promise<Server> {
  const forgetful = createServer((request, response) => {
    request.resume().on("end", () => response.end());
  });
  await new Promise<void>((resolve) => forgetful.listen(0, "127.0.0.1", resolve));
  return forgetful;
}

test("a bucket that replaces what is there is refused before anything is written", async () => {
  const forgetful = await startForgetful();
  const { port } = forgetful.address() as AddressInfo;
  const before = process.env["AWS_ENDPOINT_URL_S3"];
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`, AWS_REGION: "us-east-1" },
    ...{ AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
  });
  const store = createS3Store({ bucket: "bucket", prefix: "" });
  await expect(store.create("a", new Uint8Array())).rejects.toMatchObject({
    code: "objects.unsafe",
  });
  if (before !== undefined) process.env["AWS_ENDPOINT_URL_S3"] = before;
  forgetful.closeAllConnections();
  await new Promise((resolve) => forgetful.close(resolve));
});

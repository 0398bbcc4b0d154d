import { createServer, get, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import { fetchGraph, type Get, isPublicAddress, lookupPublic } from "./fetch-graph.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A site on this machine that stands for every https address. */
async function site(answer: RequestListener): Promise<Get> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  stops.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return (url) =>
    new Promise((resolve, reject) => {
      get({ port, path: url.pathname }, resolve).on("error", reject);
    });
}

const graph = answerGraph("pid");

test("a graph is fetched, over a few redirects", async () => {
  const at = await site((request, response) => {
    if (request.url === "/moved") response.writeHead(302, { location: "/graph.json" }).end();
    else response.end(JSON.stringify(graph));
  });
  expect(await fetchGraph("https://example.org/moved", at)).toEqual(graph);
});

test("what goes round in circles, is too large, missing or no graph is refused in words", async () => {
  const at = await site((request, response) => {
    if (request.url === "/circle") response.writeHead(302, { location: "/circle" }).end();
    else if (request.url === "/large") response.end(Buffer.alloc(9 * 1024 * 1024, 0x20));
    else if (request.url === "/text") response.end("not a graph");
    else response.writeHead(404).end();
  });
  const fetched = (path: string) => fetchGraph(`https://example.org${path}`, at);
  await expect(fetched("/circle")).rejects.toMatchObject({ code: "file.unreadable" });
  await expect(fetched("/large")).rejects.toMatchObject({ code: "server.too-large" });
  await expect(fetched("/text")).rejects.toMatchObject({ code: "graph.not-json" });
  await expect(fetched("/none")).rejects.toMatchObject({ what: expect.stringContaining("404") });
});

test("a redirect to what may not be asked is refused like the address itself", async () => {
  let asked = 0;
  const at = await site((_request, response) => {
    asked += 1;
    response.writeHead(302, { location: "https://169.254.169.254/latest" }).end();
  });
  await expect(fetchGraph("https://example.org/", at)).rejects.toMatchObject({
    what: expect.stringContaining("private"),
  });
  expect(asked).toBe(1);
});

test.each([
  "http://example.org/a.json",
  "file:///etc/passwd",
  "https://127.0.0.1/a.json",
  "https://2130706433/a.json",
  "https://0x7f.1/a.json",
  "https://[::1]/a.json",
  "https://[::ffff:127.0.0.1]/a.json",
  "https://10.0.0.1/a.json",
  "https://192.168.1.1/a.json",
  "https://name:secret@example.org/a.json",
  "nothing",
])("%s is not asked at all", async (address) => {
  let asked = 0;
  const at: Get = async () => {
    asked += 1;
    throw new Error("asked");
  };
  await expect(fetchGraph(address, at)).rejects.toMatchObject({ code: "file.unreadable" });
  expect(asked).toBe(0);
});

describe("addresses", () => {
  test.each([
    ["93.184.216.34", true],
    ["172.15.0.1", true],
    ["172.16.0.1", false],
    ["100.64.0.1", false],
    ["224.0.0.1", false],
    ["255.255.255.255", false],
    ["2606:2800:220:1::1", true],
    ["fd00::1", false],
    ["fe80::1", false],
    ["2002:7f00:1::", false],
    ["64:ff9b::7f00:1", false],
    ["localhost", false],
  ])("%s is public: %s", (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

  test("a name that leads to this machine is not resolved", async () => {
    const error = await new Promise((resolve) => {
      lookupPublic("localhost", {}, (failure) => resolve(failure));
    });
    expect(error).toMatchObject({ message: expect.stringContaining("private") });
  });
});

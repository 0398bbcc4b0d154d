import { encodeFrame } from "@insightgraph/engine/protocol";
import { expect, test } from "vitest";
import { createFakeServer } from "./fake-server.fixture.ts";
import { openSocketClient } from "./socket-client.ts";

const cancel = { type: "cancel", runId: "r1" } as const;

function openClient() {
  const server = createFakeServer();
  const connections: string[] = [];
  const messages: unknown[] = [];
  const client = openSocketClient({
    open: server.open,
    wait: server.wait,
    onConnection: (connection) => connections.push(connection),
    onMessage: (message) => messages.push(message),
  });
  return { client, connections, messages, server };
}

test("messages go out only while there is a connection", () => {
  const { client, server } = openClient();
  expect(client.send(cancel)).toBe(false);
  server.accept();
  expect(client.send(cancel)).toBe(true);
  expect(server.received).toEqual([cancel]);
});

test("a lost connection is opened again, each time after a longer wait", () => {
  const { connections, server } = openClient();
  server.accept();
  server.drop();
  expect(server.waits).toEqual([500]);
  server.passTime();
  server.drop();
  server.passTime();
  server.drop();
  expect(server.waits).toEqual([500, 1000, 2000]);
  server.passTime();
  server.accept();
  expect(connections).toEqual(["connecting", "online", "offline", "offline", "offline", "online"]);
  server.drop();
  expect(server.waits.at(-1)).toBe(500);
});

test("what is no message is passed over", () => {
  const { messages, server } = openClient();
  server.accept();
  server.sendRaw("not json");
  server.sendRaw('"text"');
  server.sendRaw(new Uint8Array(2));
  server.send({ type: "run-cancelled", runId: "r1" });
  expect(messages).toEqual([{ type: "run-cancelled", runId: "r1" }]);
});

test("deltas of progress come in as the progress of each node", () => {
  const { messages, server } = openClient();
  server.accept();
  const delta = (nodes: object) => ({ type: "progress", runId: "r", seq: 3, nodes });
  server.sendRaw(JSON.stringify(delta({ a: { done: 1, total: 4 } })));
  server.sendRaw(JSON.stringify(delta({ a: { done: 2 }, b: { done: 0, total: 7 } })));
  const at = (nodeId: string, done: number, total: number) => ({
    ...{ type: "node-progressed", runId: "r", nodeId, done, total, seq: 3 },
  });
  expect(messages).toEqual([at("a", 1, 4), at("a", 2, 4), at("b", 0, 7)]);
});

test("a closed client does not come back", () => {
  const { client, connections, server } = openClient();
  server.accept();
  client.close();
  server.drop();
  expect(server.waits).toEqual([]);
  expect(connections).toEqual(["connecting", "online"]);
});

test("pictures come in frames before their message", () => {
  const { messages, server } = openClient();
  server.accept();
  server.sendRaw(encodeFrame(9, Uint8Array.of(1, 2, 3)).buffer);
  const preview = { kind: "image", mime: "image/webp", frame: 9 };
  const progress = { type: "node-progressed", runId: "r", nodeId: "a", done: 1, total: 2 };
  server.sendRaw(JSON.stringify({ ...progress, preview }));
  const base64 = btoa("\u0001\u0002\u0003");
  expect(messages).toEqual([
    { ...progress, preview: { kind: "image", mime: "image/webp", base64 } },
  ]);
});

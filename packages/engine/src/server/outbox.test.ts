import { expect, test } from "vitest";
import type { ServerMessage } from "../protocol/messages.ts";
import type { NodeProgressed } from "../protocol/progress-delta.ts";
import { createOutbox } from "./outbox.ts";

const progress: NodeProgressed = {
  type: "node-progressed",
  runId: "r",
  nodeId: "a",
  done: 1,
  total: 2,
  preview: { kind: "text", text: "x".repeat(100_000) },
};
const finished: ServerMessage = { type: "run-finished", runId: "r", ms: 1 };

/** A client that never reads: everything that is sent to it stays. */
function stalled() {
  const socket = { bufferedAmount: 0, isOpen: true, sent: [] as string[] };
  const outbox = createOutbox(() => ({
    ...socket,
    send(data) {
      socket.bufferedAmount += data.length;
      socket.sent.push(typeof data === "string" ? data : `frame of ${data.length} bytes`);
    },
    terminate() {
      socket.isOpen = false;
      socket.bufferedAmount = 0;
    },
  }));
  return { socket, ...outbox };
}

test("[V4] a client that stops reading misses progress, and nothing else", () => {
  const { socket, send, sendProgress } = stalled();
  for (let turn = 0; turn < 1000; turn++) sendProgress([progress]);
  expect(socket.bufferedAmount).toBeLessThan(5 * 1024 * 1024);
  send(finished);
  expect(socket.sent.at(-1)).toContain("run-finished");
});

test("[V4] one that never reads is disconnected before it costs 17 MB", () => {
  const { socket, send } = stalled();
  const logged: ServerMessage = {
    type: "node-logged",
    runId: "r",
    nodeId: "a",
    text: "x".repeat(20_000),
  };
  let most = 0;
  for (let turn = 0; turn < 5000; turn++) {
    send(logged);
    most = Math.max(most, socket.bufferedAmount);
  }
  expect(socket.isOpen).toBe(false);
  expect(most).toBeLessThan(17 * 1024 * 1024);
});

test("[V5] pictures go before their message, in frames of their own", () => {
  const { socket, sendProgress } = stalled();
  const base64 = Buffer.alloc(100, 7).toString("base64");
  const picture = { kind: "image", mime: "image/webp", base64 } as const;
  sendProgress([{ ...progress, preview: picture }]);
  const [frame, text = ""] = socket.sent;
  expect(frame).toBe("frame of 104 bytes");
  expect(text).not.toContain(base64);
  expect(JSON.parse(text).nodes.a.preview).toEqual({
    kind: "image",
    mime: "image/webp",
    frame: expect.any(Number),
  });
});

test("[V4] a client that falls behind misses pictures of nodes at work first, then their progress", () => {
  const { socket, send, sendProgress } = stalled();
  const base64 = Buffer.alloc(60_000, 7).toString("base64");
  const picture = { kind: "image", mime: "image/webp", base64 } as const;
  for (let turn = 0; turn < 30; turn++) sendProgress([{ ...progress, preview: picture }]);
  const framesSent = socket.sent.filter((data) => data.startsWith("frame")).length;
  expect(framesSent).toBeLessThan(20);
  expect(socket.sent).toHaveLength(30 + framesSent);
  const done = {
    type: "node-finished",
    runId: "r",
    nodeId: "a",
    cached: false,
    ms: 1,
    digests: {},
  } as const;
  send({ ...done, previews: { picture } });
  expect(socket.sent.at(-2)).toContain("frame of");
});

import { expect, test } from "vitest";
import type { ServerMessage } from "../protocol/messages.ts";
import { createOutbox } from "./outbox.ts";

const progress: ServerMessage = {
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
  const send = createOutbox(() => ({
    ...socket,
    send(text) {
      socket.bufferedAmount += text.length;
      socket.sent.push(text);
    },
    terminate() {
      socket.isOpen = false;
      socket.bufferedAmount = 0;
    },
  }));
  return { socket, send };
}

test("[V4] a client that stops reading misses progress, and nothing else", () => {
  const { socket, send } = stalled();
  for (let turn = 0; turn < 1000; turn++) send(progress);
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

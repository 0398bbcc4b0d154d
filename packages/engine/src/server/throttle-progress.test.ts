import { expect, test } from "vitest";
import type { ServerMessage } from "../protocol/messages.ts";
import { createProgressThrottle } from "./throttle-progress.ts";

function open() {
  const sent: ServerMessage[] = [];
  let due: (() => void)[] = [];
  const throttle = createProgressThrottle(
    {
      send: (message) => void sent.push(message),
      sendProgress: (reports) => void sent.push(...reports),
    },
    (_ms, then) => {
      due.push(then);
      return () => {
        due = due.filter((other) => other !== then);
      };
    },
  );
  const passTime = (): void => {
    const now = due;
    due = [];
    for (const then of now) then();
  };
  return { sent, passTime, waiting: () => due.length, ...throttle };
}

const at = (done: number, nodeId = "a"): ServerMessage => ({
  ...{ type: "node-progressed", runId: "r", nodeId, done, total: 100, seq: done },
});
const doneOf = (messages: readonly ServerMessage[]) =>
  messages.map((message) => (message.type === "node-progressed" ? message.done : message.type));

test("[V6] of many reports of a node's progress, the first and the latest are sent", () => {
  const { sent, send, passTime, waiting } = open();
  for (let done = 1; done <= 50; done++) send(at(done));
  expect(doneOf(sent)).toEqual([1]);
  passTime();
  expect(doneOf(sent)).toEqual([1, 50]);
  passTime();
  expect(waiting()).toBe(0);
  send(at(51));
  expect(doneOf(sent)).toEqual([1, 50, 51]);
});

test("[V6] what else happens follows what was held back, and the order stays", () => {
  const { sent, send, passTime } = open();
  for (const message of [at(1), at(2, "b"), at(3), at(4, "b")]) send(message);
  send({ type: "node-logged", runId: "r", nodeId: "a", text: "half", seq: 5 });
  expect(doneOf(sent)).toEqual([1, 3, 4, "node-logged"]);
  send(at(6, "b"));
  send(at(7));
  send(at(8, "b"));
  passTime();
  expect(doneOf(sent).slice(4)).toEqual([7, 8]);
});

test("a picture is not lost with the reports in between", () => {
  const { sent, send, passTime } = open();
  const preview = { kind: "text", text: "look" } as const;
  const second = at(2);
  if (second.type !== "node-progressed") throw new TypeError();
  for (const message of [at(1), { ...second, preview }, at(3)]) send(message);
  passTime();
  expect(sent[1]).toEqual({ ...at(3), preview });
});

test("a closed one sends nothing more", () => {
  const { sent, send, passTime, close } = open();
  for (const message of [at(1), at(2)]) send(message);
  close();
  passTime();
  expect(doneOf(sent)).toEqual([1]);
});

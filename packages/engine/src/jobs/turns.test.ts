import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("[J4] a client with many jobs does not keep the others waiting", () => {
  const turns = createTurns();
  const waiting = ["a", "a", "a", "a", "b", "b", "c"].map((client, id) => ({ client, id }));
  const order: string[] = [];
  while (waiting.length > 0) {
    const oldest = waiting.filter(
      ({ client }, at) => waiting.findIndex((other) => other.client === client) === at,
    );
    const next = turns.pick(oldest);
    if (next === undefined) break;
    order.push(next.client);
    waiting.splice(waiting.indexOf(next), 1);
  }
  expect(order.join("")).toBe("abcabaa");
});

test("nobody waits, nobody is picked", () => {
  expect(createTurns().pick([])).toBeUndefined();
});

import { afterEach, expect, test } from "vitest";
import { answerGraph } from "../answer-nodes.fixture.ts";
import { createChildHost } from "../child/child-host.ts";
import { answerChild, openAnswerHost } from "../child/open-answer-host.fixture.ts";
import type { ExecutionHost } from "../execution-host.ts";
import { describeHost } from "../host.contract.ts";
import { runPid, startAnswer } from "../host-run.fixture.ts";
import { createPoolHost } from "./pool-host.ts";

describeHost("pool host", (graceMs) =>
  createPoolHost([{ name: "cpu", host: openAnswerHost(graceMs) }]),
);

let pool: ExecutionHost | undefined;
afterEach(() => pool?.close());

/** Two devices that in fact share this machine's processor. */
function openPair(): ExecutionHost {
  return createPoolHost([
    { name: "cpu", host: openAnswerHost() },
    { name: "cuda:1", host: openAnswerHost() },
  ]);
}

test("each device has a process of its own, and a run goes where it is asked to", async () => {
  pool = openPair();
  expect((await pool.facts()).devices).toEqual(["cpu", "cuda:1"]);
  const [one, two] = [
    await runPid(pool, { device: "cpu" }),
    await runPid(pool, { device: "cuda:1" }),
  ];
  expect(one.pid).not.toBe(two.pid);
});

test("a run that asks for no device goes to the one with the fewest", async () => {
  pool = openPair();
  const { pid } = await runPid(pool, { device: "cuda:1" });
  const waiting = await startAnswer(pool, "wait");
  await waiting.reached("node-progressed");
  expect((await runPid(pool)).pid).toBe(pid);
});

test("a crash on one device touches no run on another", async () => {
  pool = openPair();
  const waiting = await startAnswer(pool, "wait", { device: "cuda:1" });
  await waiting.reached("node-progressed");
  const crashing = await startAnswer(pool, "crash", { device: "cpu" });
  expect(await crashing.ended).toMatchObject({ error: { code: "process.crashed" } });
  expect(waiting.events.map(({ type }) => type)).toEqual(["node-started", "node-progressed"]);
});

test("a device that is not there is an issue of the request", async () => {
  pool = openPair();
  const request = { graph: answerGraph("pid"), device: "cuda:7" };
  expect(await pool.check(request)).toMatchObject([{ code: "device.unavailable" }]);
  await expect(pool.run(request, () => {})).rejects.toMatchObject({ code: "device.unavailable" });
});

test("a device that cannot start leaves the others at work", async () => {
  const broken = createChildHost({ ...answerChild, entry: "/nowhere.js" });
  pool = createPoolHost([
    { name: "cuda:0", host: broken },
    { name: "cpu", host: openAnswerHost() },
  ]);
  expect((await pool.facts()).devices).toEqual(["cpu"]);
  expect((await runPid(pool)).ending.type).toBe("run-finished");
  await expect(pool.run({ graph: answerGraph("pid"), device: "cuda:0" }, () => {})).rejects.toThrow(
    'no device "cuda:0"',
  );
});

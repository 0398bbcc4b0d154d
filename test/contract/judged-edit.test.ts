import { rm } from "node:fs/promises";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { imgEditQuestion } from "../../packages/editing/src/benchmarks.ts";
import {
  type ChatServer,
  startChatServer,
} from "../../packages/editing/src/endpoints/chat-server.fixture.ts";
import { parseChatEndpoint } from "../../packages/editing/src/endpoints.ts";
import { metricImgedit } from "../../packages/nodes/src/metric/imgedit.ts";
import { grey, plainRun } from "../../packages/nodes/src/plain-run.fixture.ts";

/** Answers are kept in the data folder, which is chosen when its module is loaded. */
const data = await vi.hoisted(async () => {
  const [{ mkdtempSync }, { tmpdir }] = [await import("node:fs"), await import("node:os")];
  const folder = mkdtempSync(`${tmpdir()}/judged-edit-`);
  process.env["INSIGHTGRAPH_DATA"] = folder;
  return folder;
});
afterAll(() => rm(data, { recursive: true }));

let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
});
afterEach(() => server.close());

/** What the node makes of an edit that nobody has asked about before. */
async function rate(question = imgEditQuestion) {
  const lines: string[] = [];
  const context = { ...plainRun, log: (line: string) => void lines.push(line) };
  const prices = { input: 1000, output: 0 };
  const judge = parseChatEndpoint({ address: server.address, model: "tiny", retryMs: 1, prices });
  const inputs = { image: grey([1, 2]), source: grey([2, 1]), judge };
  const settings = { instruction: "make it $& winter", question };
  const { score, report } = await metricImgedit.run(inputs, settings, context);
  return { score, report: JSON.parse(report), lines };
}

test("a rating keeps its scale, its judge and the capped numbers, and counts what it cost", async () => {
  const scores = [3, 5, 2].map((score, at) => ({ name: `n${at}`, score }));
  server.reply = () => JSON.stringify({ reasoning: "so", scores });
  const { score, report, lines } = await rate();
  expect(score).toBe(2.67);
  expect(report).toMatchObject({ scale: [1, 5], judge: "tiny", reasoning: "so", score: 2.67 });
  expect(report.scores.map((one: { score: number }) => one.score)).toEqual([3, 3, 2]);
  expect(JSON.stringify(server.received[0]?.body.messages)).toContain("make it $& winter");
  expect(lines).toEqual(["tiny: 100 + 10 tokens, cost 0.1."]);
});

test("an answer that cannot be read leaves a hole that says why", async () => {
  server.reply = () => "Lovely!";
  const { score, report, lines } = await rate("How is <edit_prompt>?");
  expect(score).toBeNaN();
  expect(report).toMatchObject({ judge: "tiny", fault: expect.stringContaining("Lovely!") });
  expect(lines[0]).toContain("No score (NaN): ");
});

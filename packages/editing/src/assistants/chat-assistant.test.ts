import { afterEach, beforeEach, expect, test } from "vitest";
import { parseChatEndpoint } from "../endpoints/chat-endpoint.ts";
import { type ChatServer, startChatServer } from "../endpoints/chat-server.fixture.ts";
import type { AssistantRun, PairFacts } from "./assistant.ts";
import { createChatAssistant } from "./chat-assistant.ts";
import { vieScore } from "./judge-pair.ts";

let server: ChatServer;
const logged: string[] = [];
beforeEach(async () => {
  server = await startChatServer();
  logged.length = 0;
});
afterEach(() => server.close());

const picture = { width: 4, height: 4, channels: 3, data: new Uint8Array(48) } as const;
const object = { label: "red cup", score: 1, box: { left: 0, top: 0, right: 2, bottom: 2 } };
const pair: PairFacts = {
  ...{ source: picture, target: picture, object, others: [], replacement: "" },
  ...{ operation: "remove", instruction: "remove the red cup" },
  mask: { width: 4, height: 4, data: new Uint8Array(16) },
};
const run: AssistantRun = {
  signal: new AbortController().signal,
  log: (text) => logged.push(text),
  open: () => Promise.reject(new Error("no model is needed")),
};

/** Says one answer after the other. */
function assistantThatSays(...answers: readonly object[]) {
  server.reply = (_, index) => JSON.stringify(answers[index] ?? {});
  const settings = { address: server.address, model: "tiny", retryMs: 1 };
  return createChatAssistant(parseChatEndpoint(settings), { store: null });
}

/** All texts of a request, in one. */
const askedAt = (index: number) => JSON.stringify(server.received[index]?.body.messages);

test("captions a picture and counts what it took", async () => {
  const assistant = assistantThatSays({ caption: " A red cup. " });
  expect(await assistant.caption?.(picture, run)).toBe("A red cup.");
  expect(askedAt(0)).toContain("data:image/jpeg;base64,");
  expect(logged).toEqual(["tiny: 100 + 10 tokens."]);
});

test("extracts objects and objects to some", async () => {
  const cup = { category: "crockery", name: "red cup", description: "A red cup on a table." };
  const assistant = assistantThatSays(
    { objects: [cup] },
    { keep: false, reason: "scenery" },
    { keep: true, reason: "" },
  );
  expect(await assistant.extractObjects?.("A red cup.", run)).toEqual([cup]);
  expect(await assistant.objectionTo?.(cup, "A red cup.", run)).toBe("scenery");
  expect(await assistant.objectionTo?.(cup, "Another.", run)).toBeUndefined();
});

test("asks again where a reworded instruction names the object, and says what was wrong", async () => {
  const bad = {
    understanding: "remove the cup on the left",
    reasoning: "what holds tea? remove it",
  };
  const good = { ...bad, understanding: "remove the red thing on the left" };
  expect(await assistantThatSays(bad, good).recaption?.(pair, run)).toEqual(good);
  expect(server.received).toHaveLength(2);
  expect(askedAt(1)).toContain("it names the object");
});

test("gives up a recaption after three tries, with the reason", async () => {
  const bad = { understanding: Array(21).fill("long").join(" "), reasoning: "take it" };
  await expect(assistantThatSays(bad, bad, bad).recaption?.(pair, run)).rejects.toMatchObject({
    code: "recaption.unfit",
    what: expect.stringContaining("21 words"),
  });
  expect(server.received).toHaveLength(3);
});

test("judges as VIEScore does, with the scale that was asked for", async () => {
  server.reply = ({ body }) =>
    JSON.stringify(body.messages).includes("instruction_follow")
      ? JSON.stringify({ instruction_follow: 9, "non-overedit": "4", reasoning: "the sky changed" })
      : JSON.stringify({ naturalness: 8, no_artifacts: 9, reasoning: "soft seam" });
  const settings = { address: server.address, model: "tiny" };
  const assistant = createChatAssistant(parseChatEndpoint(settings), { store: null });
  const judgement = await assistant.judge?.(pair, 10, run);
  expect(judgement).toEqual({
    scale: 10,
    judge: "tiny",
    semantics: { instruction_follow: 9, "non-overedit": 4, reasoning: "the sky changed" },
    quality: { naturalness: 8, no_artifacts: 9, reasoning: "soft seam" },
  });
  const scores = judgement && vieScore(judgement);
  expect(scores).toEqual({ sc: 4, pq: 8, overall: Math.sqrt(32) });
});

test("a score beyond the scale is no answer", async () => {
  const high = {
    instruction_follow: 50,
    "non-overedit": 4,
    reasoning: "",
    naturalness: 60,
    no_artifacts: 9,
  };
  await expect(
    assistantThatSays(high, high, high, high).judge?.(pair, 5, run),
  ).rejects.toMatchObject({
    code: "endpoint.answer",
  });
});

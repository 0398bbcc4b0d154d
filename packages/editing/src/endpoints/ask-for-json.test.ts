import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Type from "typebox";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Picture } from "../pictures/picture.ts";
import { answerSchema } from "./answer-json.ts";
import { openAnswerStore } from "./answer-store.ts";
import { askForJson } from "./ask-for-json.ts";
import { type ChatEndpointSettings, parseChatEndpoint } from "./chat-endpoint.ts";
import { type ChatServer, completionOf, startChatServer } from "./chat-server.fixture.ts";
import { limitsByHand } from "./time-limits.fixture.ts";

let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
});
afterEach(() => server.close());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const schema = answerSchema({ score: Type.Number(), reason: Type.String() });
const good = '{"score": 4, "reason": "clean"}';
const value = { score: 4, reason: "clean" };
const question = { text: "How good is it?", schema };
const endpointOf = (settings: Partial<ChatEndpointSettings> = {}) =>
  parseChatEndpoint({ address: server.address, model: "tiny", retryMs: 1, ...settings });
const ask = (settings?: Partial<ChatEndpointSettings>, signal?: AbortSignal) =>
  askForJson(endpointOf(settings), question, { store: null, signal });

test("asks in the protocol, with pictures before the text", async () => {
  server.reply = () => good;
  const picture: Picture = { width: 2, height: 2, channels: 3, data: new Uint8Array(12) };
  const endpoint = endpointOf({ prices: { input: 2, output: 10 } });
  const shown = { ...question, system: "You judge.", pictures: [picture, picture] };
  const answer = await askForJson(endpoint, shown, { store: null });
  expect(answer).toEqual({
    value,
    usage: { inputTokens: 100, outputTokens: 10, cost: 0.0003 },
    isKept: false,
  });
  const [{ body, headers }] = server.received as [(typeof server.received)[0]];
  expect(body).toMatchObject({ model: "tiny", temperature: 0 });
  expect(headers.authorization).toBeUndefined();
  expect(body.messages[0]?.content).toContain("You judge.");
  expect(body.messages[1]?.content).toEqual([
    { type: "image_url", image_url: { url: expect.stringMatching(/^data:image\/jpeg;base64,/) } },
    { type: "image_url", image_url: { url: expect.stringMatching(/^data:image\/jpeg;base64,/) } },
    { type: "text", text: "How good is it?" },
  ]);
});

test("asks for the strictest format that the endpoint takes, and remembers it", async () => {
  server.reply = ({ body }) =>
    body.response_format === undefined
      ? good
      : { status: 400, body: '{"error": {"message": "response_format is not supported"}}' };
  await ask();
  await ask();
  const formats = server.received.map(({ body }) => body.response_format?.type);
  expect(formats).toEqual(["json_schema", "json_object", undefined, undefined]);
});

test.each([
  ["fences", `\`\`\`json\n${good}\n\`\`\``],
  ["a trailing comma and prose", 'Here it is: {"score": 4, "reason": "clean",}'],
  ["numbers as texts and fields of its own", '{"score": "4", "reason": "clean", "mood": 1}'],
])("reads an answer with %s", async (_, text) => {
  server.reply = () => text;
  expect((await ask()).value).toEqual(value);
  expect(server.received).toHaveLength(1);
});

test("tells the model once what is wrong with its answer", async () => {
  server.reply = (_, index) => (index === 0 ? '{"score": "high"}' : good);
  const answer = await ask();
  expect(answer).toMatchObject({ value, usage: { inputTokens: 200, outputTokens: 20 } });
  const messages = server.received[1]?.body.messages ?? [];
  expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
  expect(messages[3]?.content).toContain("That cannot be used");
});

test("gives up after two answers that cannot be read", async () => {
  server.reply = () => "I would rather not.";
  await expect(ask()).rejects.toMatchObject({
    code: "endpoint.answer",
    at: server.address,
    what: expect.stringContaining("I would rather not."),
  });
  expect(server.received).toHaveLength(2);
});

const page = "<!doctype html><html><body><h1>Bad gateway</h1></body></html>";

test.each([
  ["an answer that is a web page", { status: 200, body: page }, "endpoint.answer", "Bad gateway"],
  ["an answer without a message", { completion: { choices: [] } }, "endpoint.answer", "without"],
  [
    "an answer that is cut off",
    { completion: { choices: [{ message: { content: "{" }, finish_reason: "length" }] } },
    "endpoint.answer",
    "cut off",
  ],
  [
    "a model that refuses",
    { completion: { choices: [{ message: { content: "", refusal: "I cannot." } }] } },
    "endpoint.answer",
    "I cannot.",
  ],
  ["a wrong key", { status: 401, body: '{"error": "bad key"}' }, "endpoint.refused", "bad key"],
  ["an unknown model", { status: 404, body: '{"detail": "gone"}' }, "endpoint.refused", "gone"],
  [
    "an address that moved",
    { status: 307, headers: { Location: "http://127.0.0.1:1/" } },
    "endpoint.refused",
    "307",
  ],
] as const)("says so at once where it meets %s", async (_, reply, code, what) => {
  server.reply = () => reply;
  await expect(ask()).rejects.toMatchObject({ code, what: expect.stringContaining(what) });
  expect(server.received).toHaveLength(1);
});

test.each([
  ["many questions", { status: 429, headers: { "Retry-After": "0" } }],
  ["a server that starts", { status: 503, body: page }],
  ["a broken connection", "drop"],
] as const)("asks again after %s", async (_, fault) => {
  server.reply = (_chat, index) => (index < 2 ? fault : good);
  expect((await ask()).value).toEqual(value);
  expect(server.received).toHaveLength(3);
});

test("asks again after silence", async () => {
  const runOut = limitsByHand();
  server.reply = (_chat, index) => {
    if (index === 2) return good;
    runOut();
    return "hang";
  };
  expect((await ask()).value).toEqual(value);
  expect(server.received).toHaveLength(3);
});

test("gives up after the last retry", async () => {
  server.reply = () => ({ status: 500, body: '{"error": {"message": "out of memory"}}' });
  await expect(ask({ retries: 2 })).rejects.toMatchObject({
    code: "endpoint.refused",
    what: "the endpoint answered 500: out of memory",
  });
  expect(server.received).toHaveLength(3);
});

test("does not wait for an endpoint that asks for an hour", async () => {
  server.reply = () => ({ status: 429, headers: { "Retry-After": "3600" } });
  await expect(ask()).rejects.toMatchObject({ code: "endpoint.refused" });
});

test("says where no endpoint answers", async () => {
  await server.close();
  await expect(ask({ retries: 1 })).rejects.toMatchObject({
    code: "endpoint.unreachable",
    what: expect.stringContaining("ECONNREFUSED"),
  });
});

test("never asks more at a time than all users of an address may together", async () => {
  const waiting: (() => void)[] = [];
  server.reply = async () => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return good;
  };
  const asked = Array.from({ length: 9 }, () => ask({ concurrency: 3 }));
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await new Promise((go) => setImmediate(go));
  };
  for (let answered = 0; answered < 9; answered += 3) {
    while (waiting.length < 3) await turns(1);
    // Time enough for a fourth to arrive.
    await turns(200);
    expect(waiting).toHaveLength(3);
    for (const answer of waiting.splice(0)) answer();
  }
  await Promise.all(asked);
  expect(server.mostAtATime).toBe(3);
});

test("ends a question that is cancelled with the reason of the signal", async () => {
  const control = new AbortController();
  server.reply = () => {
    control.abort(new Error("stopped by hand"));
    return "hang";
  };
  await expect(ask({}, control.signal)).rejects.toThrow("stopped by hand");
});

test("keeps answers: the same question costs nothing again, and the key is nowhere", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-answers-"));
  const key = "sk-very-secret-key";
  vi.stubEnv("TINY_API_KEY", key);
  const file = path.join(folder, "answers.db");
  const store = await openAnswerStore(file);
  const asked = (text: string) =>
    askForJson(endpointOf({ keyVariable: "TINY_API_KEY" }), { ...question, text }, { store });
  server.reply = ({ headers }) => `{"score": 4, "reason": "clean, ${headers.authorization}"}`;
  const first = await asked("A?");
  expect(await asked("A?")).toEqual({
    value: first.value,
    usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
    isKept: true,
  });
  expect(server.received.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${key}`]);
  server.reply = ({ headers }) => ({
    status: 400,
    body: `your key ${headers.authorization} is bad`,
  });
  const failure = await asked("B?").catch((thrown: unknown) => thrown);
  expect(String(failure)).toContain("Bearer [TINY_API_KEY] is bad");
  const bytes = await Promise.all(
    [file, `${file}-wal`].map((name) => readFile(name, "latin1").catch(() => "")),
  );
  store.close();
  for (const text of [JSON.stringify(first), ...bytes]) expect(text).not.toContain(key);
  expect(bytes.join()).toContain("clean");
  await rm(folder, { recursive: true });
});

test("keeps no answer that cannot be used", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-answers-"));
  const store = await openAnswerStore(path.join(folder, "answers.db"));
  server.reply = () => "no";
  await expect(askForJson(endpointOf(), question, { store })).rejects.toThrow("endpoint.answer");
  server.reply = () => good;
  expect(await askForJson(endpointOf(), question, { store })).toMatchObject({ isKept: false });
  store.close();
  await rm(folder, { recursive: true });
});

test("says which variable the key is missing from", async () => {
  await expect(ask({ keyVariable: "UNSET_API_KEY" })).rejects.toMatchObject({
    code: "endpoint.key",
    what: "the environment has no UNSET_API_KEY.",
  });
});

test("sends nothing where the environment forbids it", async () => {
  vi.stubEnv("INSIGHTGRAPH_ENDPOINTS", "api.openai.com");
  await expect(ask()).rejects.toMatchObject({ code: "endpoint.forbidden" });
  vi.stubEnv("INSIGHTGRAPH_OFFLINE", "1");
  await expect(ask({ address: "https://api.openai.com/v1" })).rejects.toMatchObject({
    code: "endpoint.forbidden",
    what: "INSIGHTGRAPH_OFFLINE forbids the network.",
  });
  expect(server.received).toEqual([]);
});

test("reads texts that come in parts", async () => {
  server.reply = () => ({ completion: completionOf([{ type: "text", text: good }]) });
  expect((await ask()).value).toEqual(value);
});

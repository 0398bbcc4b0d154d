import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { chat } from "../port-types/model-chat.ts";
import { modelChatEndpoint } from "./chat-endpoint.ts";

const params = {
  ...{ address: "http://127.0.0.1:8000/v1", model: "tiny", keyVariable: "OPENAI_API_KEY" },
  ...{ temperature: 0, seed: 0, maxTokens: 0, concurrency: 4, perMinute: 0, timeout: 10 },
  ...{ inputPrice: 0, outputPrice: 0 },
};

test("gives an assistant and the endpoint, without asking anything", async () => {
  const { model, endpoint } = await modelChatEndpoint.run({}, params, plainRun);
  expect(model.name).toBe("tiny");
  expect(endpoint).toMatchObject({ model: "tiny", timeoutMs: 10_000 });
});

test("limits and prices change no answer, so they are not part of its content", async () => {
  const of = async (change: Partial<typeof params>) =>
    chat.hash?.((await modelChatEndpoint.run({}, { ...params, ...change }, plainRun)).endpoint);
  expect(await of({ concurrency: 9, perMinute: 5, timeout: 99, inputPrice: 3 })).toBe(await of({}));
  expect(await of({ model: "large" })).not.toBe(await of({}));
});

test.each([
  ["address", { address: "localhost:8000" }],
  ["model", { model: "" }],
  ["keyVariable", { keyVariable: "sk-1234" }],
])("shows a bad %s at its param", async (name, change) => {
  await expect(
    shownBy(modelChatEndpoint, () => modelChatEndpoint.run({}, { ...params, ...change }, plainRun)),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: `params.${name}` } });
});

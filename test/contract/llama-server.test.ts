import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type AssistantRun, createChatAssistant } from "../../packages/editing/src/assistants.ts";
import { parseChatEndpoint } from "../../packages/editing/src/endpoints.ts";

const variable = "INSIGHTGRAPH_LLAMA_PYTHON";
const python = process.env[variable];
if (python === undefined) {
  console.log(
    `llama.cpp's server is left out: ${variable} names no Python that has xllamacpp, gguf and numpy`,
  );
}

const script = fileURLToPath(new URL("llama_server.py", import.meta.url));

/** Starts the server; it ends when its input does. */
async function startServer(command: string) {
  const child = spawn(command, [script], { stdio: ["pipe", "pipe", "inherit"] });
  for await (const address of createInterface({ input: child.stdout })) {
    return { address: `${address}/v1`, stop: () => child.stdin.end() };
  }
  throw new Error("the server did not start");
}

describe.skipIf(python === undefined)("llama.cpp's own server", async () => {
  const server = python === undefined ? { address: "", stop() {} } : await startServer(python);
  afterAll(() => server.stop());

  const logged: string[] = [];
  beforeEach(() => {
    logged.length = 0;
  });
  const run: AssistantRun = {
    signal: new AbortController().signal,
    log: (text) => logged.push(text),
    open: () => Promise.reject(new Error("no model is needed")),
  };
  const assistant = (settings: object = {}) => {
    const endpoint = { address: server.address, model: "tiny", retryMs: 1, ...settings };
    return createChatAssistant(parseChatEndpoint(endpoint), { store: null });
  };

  test("answers in the form that the schema asks for, at the first question", async () => {
    const objects = await assistant().extractObjects?.("A red cup on a table.", run);
    for (const object of objects ?? []) {
      expect(object).toEqual({
        category: expect.any(String),
        name: expect.any(String),
        description: expect.any(String),
      });
    }
    expect(objects).toBeInstanceOf(Array);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^tiny: [1-9]\d* \+ [1-9]\d* tokens\.$/);
  });

  test("reads no pictures, and says so", async () => {
    const picture = { width: 4, height: 4, channels: 3, data: new Uint8Array(48) } as const;
    await expect(assistant().caption?.(picture, run)).rejects.toThrow(/image/);
  });

  test("an answer that is cut off is no answer", async () => {
    const cut = assistant({ maxTokens: 3 });
    await expect(cut.extractObjects?.("A red cup.", run)).rejects.toThrow("the answer was cut off");
  });
});

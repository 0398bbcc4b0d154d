import { expect, test } from "vitest";
import { parseChatEndpoint } from "./chat-endpoint.ts";

const local = { address: "http://127.0.0.1:8000/v1/", model: "m" };

test("cuts the slashes at the address's end", () => {
  expect(parseChatEndpoint(local).address).toBe("http://127.0.0.1:8000/v1");
});

test.each([
  ["address", { address: "ftp://host/v1" }],
  ["address", { address: "localhost" }],
  ["address", { address: "https://me:secret@host/v1" }],
  ["address", { address: "https://host/v1?key=secret" }],
  ["model", { model: " " }],
  ["keyVariable", { keyVariable: "sk-12345" }],
  ["keyVariable", { keyVariable: "INSIGHTGRAPH_TOKEN" }],
  ["keyVariable", { keyVariable: "AWS_SECRET_ACCESS_KEY" }],
  ["address", { address: "http://host/v1", keyVariable: "OPENAI_API_KEY" }],
])("refuses a bad %s", (argument, change) => {
  expect(() => parseChatEndpoint({ ...local, ...change })).toThrow(
    expect.objectContaining({ code: "argument.unfit", argument }),
  );
});

test("takes a key's variable for this machine and for https", () => {
  const keyVariable = "OPENAI_API_KEY";
  expect(parseChatEndpoint({ ...local, keyVariable })).toMatchObject({ keyVariable });
  const address = "https://api.openai.com/v1";
  expect(parseChatEndpoint({ ...local, address, keyVariable })).toMatchObject({ address });
});

test("repeats no key that was given for a variable's name", () => {
  const keyVariable = "sk-12345";
  expect(() => parseChatEndpoint({ ...local, keyVariable })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(keyVariable) }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { EngineError } from "../errors.ts";
import { parseClientMessage } from "./parse-client-message.ts";

test("reads each type of message and drops unknown fields", () => {
  const run = { type: "run", requestId: "1", graph: { nodes: {} }, outputs: ["a"] };
  expect(parseClientMessage(JSON.stringify({ ...run, extra: 1 }))).toEqual(run);
  const migrate = { type: "migrate", requestId: "2", graph: null };
  expect(parseClientMessage(JSON.stringify(migrate))).toEqual(migrate);
  const cancel = { type: "cancel", runId: "r" };
  expect(parseClientMessage(JSON.stringify(cancel))).toEqual(cancel);
});

test.each([
  ["{", undefined],
  ["[]", "type"],
  ['{"type":"fly"}', "type"],
  ['{"type":"run"}', "requestId"],
  [`{"type":"cancel","runId":"${"r".repeat(201)}"}`, "runId"],
  ['{"type":"run","requestId":"1","graph":{},"outputs":[1]}', "outputs.0"],
  ['{"type":"cancel","runId":7}', "runId"],
])("refuses %s", (text, path) => {
  expect(() => parseClientMessage(text)).toThrow(
    expect.objectContaining({ code: "protocol.message", at: path === undefined ? {} : { path } }),
  );
});

test("any text gives a message or an EngineError", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        parseClientMessage(text);
      } catch (error) {
        expect(error).toBeInstanceOf(EngineError);
      }
    }),
  );
});

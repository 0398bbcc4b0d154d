import { expect, test } from "vitest";
import { defineNode } from "../node/define-node.ts";
import { definePort, type ValueCodec } from "../node/define-port.ts";
import { createRegistry } from "../node/registry.ts";
import { codecsOf } from "./codecs.ts";

test("port types with a codec have one for lists too, others have none", () => {
  const store: ValueCodec<string> = {
    encode: (value) => new TextEncoder().encode(value),
    decode: (bytes) => new TextDecoder().decode(bytes),
  };
  const text = definePort<string>("text", { store });
  const model = definePort<object>("model");
  const node = defineNode({
    type: "test.node",
    version: 1,
    title: "T",
    doc: "D.",
    inputs: { text: text("T."), model: model("M.") },
    params: {},
    outputs: {},
    run: () => ({}),
  });
  expect([...codecsOf(createRegistry([node])).keys()]).toEqual(["text", "list of text"]);
});

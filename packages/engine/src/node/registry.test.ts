import { expect, test } from "vitest";
import { defineNode } from "./define-node.ts";
import { anyPort, definePort, listOf } from "./define-port.ts";
import { createRegistry } from "./registry.ts";

const image = definePort<string>("image", { look: { role: "image", shape: "square" } });
const plain = definePort<number>("plain", {
  store: { encode: (value) => Uint8Array.of(value), decode: ([value = 0]) => value },
});

test("the catalogue of port types gives their looks and which stay in memory, without lists and type variables", () => {
  const node = defineNode({
    type: "test.node",
    version: 1,
    title: "T",
    doc: "D.",
    inputs: { images: listOf(image)("Images."), any: anyPort("T")("Anything.") },
    params: {},
    outputs: { plain: plain("A number.") },
    run: () => ({ plain: 1 }),
  });
  const { portCatalogue } = createRegistry([node]);
  expect(portCatalogue).toEqual({
    image: { look: { role: "image", shape: "square" }, isResident: true },
    plain: {},
  });
});

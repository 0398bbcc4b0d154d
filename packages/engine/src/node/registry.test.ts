import { expect, test } from "vitest";
import { defineNode } from "./define-node.ts";
import { anyPort, definePort, listOf } from "./define-port.ts";
import { createRegistry } from "./registry.ts";

const image = definePort<string>("image", { look: { role: "image", shape: "square" } });
const plain = definePort<number>("plain");

test("the catalogue of port types gives their looks, without lists and type variables", () => {
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
    image: { look: { role: "image", shape: "square" } },
    plain: {},
  });
});

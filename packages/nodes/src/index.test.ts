import { createRegistry, type RunContext } from "@insightgraph/engine/node";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { compareImages } from "./image/compare-images.ts";
import type { loadImage } from "./image/load-image.ts";
import { nodes } from "./index.ts";
import type { Picture } from "./port-types.ts";
import { textValue } from "./text/text-value.ts";

describe("the node pack", () => {
  it("registers, each node under its own name", () => {
    const { catalogue } = createRegistry(nodes);
    expect(Object.keys(catalogue)).toEqual(
      expect.arrayContaining(["image.load", "image.save", "image.compare", "text.value"]),
    );
    expect(catalogue["image.load"]?.params).toMatchObject({
      path: { kind: "file", purpose: "open" },
    });
    expect(catalogue["image.save"]?.isOutput).toBe(true);
  });

  it("describes every port, param and node in whole sentences", () => {
    for (const node of nodes) {
      const ports = [...Object.values(node.inputs), ...Object.values(node.outputs)];
      for (const { doc } of [node, ...ports, ...Object.values(node.params)])
        expect(doc).toMatch(/.\.$/);
    }
  });

  it("infers what flows", () => {
    type Context = RunContext;
    expectTypeOf(textValue.run).parameters.toExtend<[object, { readonly text: string }, Context]>();
    expectTypeOf<Parameters<typeof compareImages.run>[0]["before"]>().toEqualTypeOf<Picture>();
    expectTypeOf<Parameters<typeof loadImage.run>[1]["path"]>().toEqualTypeOf<string>();
    expectTypeOf<Awaited<ReturnType<typeof loadImage.run>>["image"]>().toEqualTypeOf<Picture>();
  });
});

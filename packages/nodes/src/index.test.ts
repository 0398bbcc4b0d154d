import type { Picture } from "@insightgraph/editing/pictures";
import { createRegistry, type RunContext } from "@insightgraph/engine/node";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { imageCompare } from "./image/compare.ts";
import type { imageLoad } from "./image/load.ts";
import { nodes } from "./index.ts";
import { textValue } from "./text/value.ts";

describe("the node pack", () => {
  test("registers, each node under its own name", () => {
    const { catalogue } = createRegistry(nodes);
    expect(Object.keys(catalogue)).toEqual(
      expect.arrayContaining(["image.load", "image.save", "image.compare", "text.value"]),
    );
    expect(catalogue["image.load"]?.params).toMatchObject({
      path: { kind: "file", purpose: "open" },
    });
    expect(catalogue["image.save"]?.isOutput).toBe(true);
  });

  test("describes every port, param and node in whole sentences", () => {
    for (const node of nodes) {
      const ports = [...Object.values(node.inputs), ...Object.values(node.outputs)];
      for (const { doc } of [node, ...ports, ...Object.values(node.params)])
        expect(doc).toMatch(/.\.$/);
    }
  });

  test("[A4] every param that takes dir: and a folder says so to the engine", () => {
    const params = nodes.flatMap((node) => Object.values(node.params));
    const takesFolder = params.filter(({ doc }) => doc.includes("dir:"));
    expect(takesFolder.length).toBeGreaterThan(5);
    for (const param of takesFolder) expect(param).toMatchObject({ folderPrefix: "dir:" });
  });

  test("infers what flows", () => {
    type Context = RunContext;
    expectTypeOf(textValue.run).parameters.toExtend<[object, { readonly text: string }, Context]>();
    expectTypeOf<Parameters<typeof imageCompare.run>[0]["before"]>().toEqualTypeOf<Picture>();
    expectTypeOf<Parameters<typeof imageLoad.run>[1]["path"]>().toEqualTypeOf<string>();
    expectTypeOf<Awaited<ReturnType<typeof imageLoad.run>>["image"]>().toEqualTypeOf<Picture>();
  });
});

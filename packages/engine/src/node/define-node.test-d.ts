import { expectTypeOf, test } from "vitest";
import { defineNode, defineRoute } from "./define-node.ts";
import { anyPort, definePort, listOf, type Stream, streamOf } from "./define-port.ts";
import { param } from "./param.ts";
import { createRegistry } from "./registry.ts";

interface Picture {
  readonly width: number;
}
interface Mask {
  readonly coverage: number;
}
const image = definePort<Picture>("image", { hash: ({ width }) => String(width) });
const mask = definePort<Mask>("mask");
const about = { type: "x.y", version: 1, title: "X", doc: "X." };

test("inputs, params and outputs are inferred from the one declaration", () => {
  const node = defineNode({
    ...about,
    inputs: { image: image("In."), mask: mask.optional("Where.") },
    params: {
      steps: param.integer({ default: 1, doc: "Steps." }),
      sampler: param.choice({ options: ["ddim", "euler"], default: "ddim", doc: "Solver." }),
    },
    outputs: { image: image("Out.") },
    run(inputs, settings) {
      expectTypeOf(inputs.image).toEqualTypeOf<Picture>();
      expectTypeOf(inputs.mask).toEqualTypeOf<Mask | undefined>();
      expectTypeOf(settings.steps).toEqualTypeOf<number>();
      expectTypeOf(settings.sampler).toEqualTypeOf<"ddim" | "euler">();
      return { image: inputs.image };
    },
  });
  createRegistry([node]);
});

test("a missing output is a compile error", () => {
  defineNode({
    ...about,
    inputs: {},
    params: {},
    outputs: { image: image("Out.") },
    // @ts-expect-error image is missing
    run: () => ({}),
  });
});

test("a mask returned as image is a compile error", () => {
  defineNode({
    ...about,
    inputs: { mask: mask("In.") },
    params: {},
    outputs: { image: image("Out.") },
    // @ts-expect-error a mask is no image
    run: (inputs) => ({ image: inputs.mask }),
  });
});

test("an unknown default is a compile error", () => {
  // @ts-expect-error "heun" is not among the options
  param.choice({ options: ["ddim", "euler"], default: "heun", doc: "Solver." });
});

test("a list port takes an array, a stream port an async iterable", () => {
  const node = defineNode({
    ...about,
    inputs: { all: listOf(image)("In."), items: streamOf(mask).optional("In.") },
    params: {},
    outputs: { masks: listOf(mask)("Out."), images: streamOf(image)("Out.") },
    run({ all, items }) {
      expectTypeOf(all).toEqualTypeOf<readonly Picture[]>();
      expectTypeOf(items).toEqualTypeOf<Stream<Mask> | undefined>();
      async function* images() {
        yield* all;
      }
      return { masks: [{ coverage: 1 }], images: images() };
    },
  });
  createRegistry([node]);
});

test("a single mask is no list of them", () => {
  defineNode({
    ...about,
    inputs: { mask: mask("In.") },
    params: {},
    outputs: { masks: listOf(mask)("Out.") },
    // @ts-expect-error one mask is no list
    run: (inputs) => ({ masks: inputs.mask }),
  });
});

test("a route names inputs that there are", () => {
  const any = anyPort("T");
  const shared = { ...about, inputs: { a: any.optional("A."), b: any.optional("B.") }, params: {} };
  const outputs = { value: any("Out.") };
  createRegistry([defineRoute({ ...shared, outputs, route: () => ({ value: "b" as const }) })]);
  defineRoute({
    ...shared,
    outputs,
    // @ts-expect-error there is no input c
    route: () => ({ value: "c" as const }),
  });
});

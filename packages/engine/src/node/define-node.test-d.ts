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

interface Pixels {
  readonly channels: 1 | 3 | 4;
  readonly depth: "uint8" | "uint16";
}
const pixels = definePort<Pixels>("pixels");

test("literals in what `run` returns keep their type", () => {
  const declaration = { ...about, inputs: { mask: mask.optional("In.") }, params: {} };
  const direct = defineNode({
    ...declaration,
    outputs: { pixels: pixels("Out."), more: pixels.optional("Out.") },
    run: () => ({ pixels: { channels: 3, depth: "uint8" } }),
  });
  const later = defineNode({
    ...declaration,
    outputs: { pixels: pixels("Out."), all: listOf(pixels)("Out.") },
    async run({ mask: given }) {
      if (given === undefined) return { pixels: { channels: 1, depth: "uint16" }, all: [] };
      return { pixels: { channels: 4, depth: "uint8" }, all: [{ channels: 3, depth: "uint8" }] };
    },
  });
  const mutable = defineNode({
    ...declaration,
    outputs: { sizes: definePort<number[]>("sizes")("Out.") },
    run() {
      const sizes = [1, 2];
      return { sizes };
    },
  });
  createRegistry([direct, later, mutable]);
});

test("a wrong literal in what `run` returns is a compile error", () => {
  defineNode({
    ...about,
    inputs: {},
    params: {},
    outputs: { pixels: pixels("Out.") },
    // @ts-expect-error there are no pictures of two channels
    run: () => ({ pixels: { channels: 2, depth: "uint8" } }),
  });
  defineNode({
    ...about,
    inputs: {},
    params: {},
    outputs: { all: listOf(pixels)("Out.") },
    // @ts-expect-error there are no pictures of two channels
    run: async () => ({ all: [{ channels: 2, depth: "uint8" }] }),
  });
});

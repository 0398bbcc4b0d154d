import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guidanceRows, guide, rescaleGuidance } from "./guidance.ts";

const scale = fc.double({ min: 0, max: 20, noNaN: true });

describe("guidanceRows", () => {
  test("shares out 1, by InstructPix2Pix' sum", () => {
    fc.assert(
      fc.property(scale, scale, fc.tuple(scale, scale, scale), (text, image, predictions) => {
        const [full, source, nothing] = predictions;
        const rows = guidanceRows({ text, image });
        const total = rows.reduce((sum, { share }) => sum + share, 0);
        expect(total).toBeCloseTo(1, 10);
        const guided = rows.reduce((sum, { hasText, hasSource, share }) => {
          const prediction = hasText ? full : hasSource ? source : nothing;
          return sum + share * prediction;
        }, 0);
        const wanted = nothing + image * (source - nothing) + text * (full - source);
        expect(guided).toBeCloseTo(wanted, 8);
      }),
    );
  });

  test("never tells the text without the source", () => {
    for (const { hasText, hasSource } of guidanceRows({ text: 7.5, image: 1.5 })) {
      expect(hasText && !hasSource).toBe(false);
    }
  });

  test("leaves out rows that would count nothing", () => {
    const told = (text: number, image: number): readonly string[] =>
      guidanceRows({ text, image }).map(
        ({ hasText, hasSource }) => `${hasText ? "text" : ""}${hasSource ? "source" : ""}`,
      );
    expect(told(7.5, 1.5)).toEqual(["textsource", "source", ""]);
    expect(told(3, 1)).toEqual(["textsource", "source"]);
    expect(told(3, 3)).toEqual(["textsource", ""]);
    expect(told(1, 1)).toEqual(["textsource"]);
    expect(told(0, 1)).toEqual(["source"]);
    expect(told(0, 0)).toEqual([""]);
  });
});

describe("guide", () => {
  test("sums the rows of a batch by their shares", () => {
    const rows = guidanceRows({ text: 7.5, image: 1.5 });
    const batch = Float32Array.of(1, 2, 0.5, 1, 0.25, 0);
    // e0 + 1.5 (eI - e0) + 7.5 (eT - eI)
    expect([...guide(rows, batch)]).toEqual([0.25 + 0.375 + 3.75, 0 + 1.5 + 7.5]);
  });
});

describe("rescaleGuidance", () => {
  const guided = Float32Array.of(-4, 0, 4);
  const told = Float32Array.of(-1, 0, 1);

  test("gives the spread of the prediction that was told everything", () => {
    expect([...rescaleGuidance(guided, told, 1)]).toEqual([-1, 0, 1]);
    expect([...rescaleGuidance(guided, told, 0.5)]).toEqual([-2.5, 0, 2.5]);
    expect(rescaleGuidance(guided, told, 0)).toBe(guided);
  });

  test("leaves an even prediction as it is", () => {
    const even = Float32Array.of(2, 2);
    expect(rescaleGuidance(even, told, 1)).toBe(even);
  });
});

import { describe, expect, test } from "vitest";
import { joinPreviews, maxItems } from "./previews.ts";

const picture = (base64: string) => ({ kind: "image", mime: "image/webp", base64 }) as const;
const bytes = (base64: string) => ({ mime: "image/webp", base64 });

describe("the preview of a list", () => {
  test("holds every picture, the first as if it were alone, and their number", () => {
    expect(joinPreviews([picture("a"), picture("b"), picture("c")], 3)).toEqual({
      ...picture("a"),
      others: [bytes("b"), bytes("c")],
      total: 3,
    });
  });

  test("counts the pictures of lists within it, and those that were not previewed", () => {
    const inner = joinPreviews([picture("a"), picture("b")], 5);
    expect(inner).toMatchObject({ total: 5 });
    expect(inner && joinPreviews([inner, picture("c")], 4)).toEqual({
      ...picture("a"),
      others: [bytes("b"), bytes("c")],
      total: 8,
    });
  });

  test("carries a bounded number of pictures of a bounded size", () => {
    const many = Array.from({ length: maxItems }, (_, at) => picture(`${at}`));
    const both = joinPreviews([...many, picture("more")], 500);
    expect(both).toMatchObject({ total: 500 });
    expect(both?.kind === "image" && both.others).toHaveLength(maxItems - 1);
    const large = picture("x".repeat(1_500_000));
    const cut = joinPreviews([large, large, large], 3);
    expect(cut).toMatchObject({ total: 3 });
    expect(cut?.kind === "image" && cut.others).toHaveLength(1);
  });

  test("joins texts line by line, and shows the first of its shapes", () => {
    const text = (line: string) => ({ kind: "text", text: line }) as const;
    const shape = { kind: "shape", text: "3 x 4" } as const;
    expect(joinPreviews([text("a"), text("b")], 2)).toEqual(text("a\nb"));
    expect(joinPreviews([shape, shape], 2)).toEqual(shape);
    expect(joinPreviews([], 0)).toBeUndefined();
  });
});

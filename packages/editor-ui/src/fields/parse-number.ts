import type { NumberParamSpec } from "@insightgraph/engine/graph";

/** The number a text stands for, or undefined when the setting would not take it. */
export function parseNumber(
  text: string,
  { kind, min, max }: Pick<NumberParamSpec, "kind" | "min" | "max">,
): number | undefined {
  const trimmed = text.trim().replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return undefined;
  const number = Number(trimmed);
  const isAllowed =
    Number.isFinite(number) &&
    (kind === "number" || Number.isInteger(number)) &&
    number >= (min ?? -Infinity) &&
    number <= (max ?? Infinity);
  return isAllowed ? number : undefined;
}

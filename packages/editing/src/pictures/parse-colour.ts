import { unfitArgument } from "../errors.ts";

/**
 * Red, green and blue of `#rrggbb` or `#rgb`, 0 to 255.
 *
 * Throws: `argument.unfit`.
 */
export function parseColour(text: string, argument: string): readonly number[] {
  const digits = text.trim().replace(/^#/, "");
  const isShort = /^[\da-f]{3}$/i.test(digits);
  if (!isShort && !/^[\da-f]{6}$/i.test(digits)) {
    throw unfitArgument(
      argument,
      `"${text}" is not a colour`,
      "Write it as #rrggbb, such as #ffffff for white.",
    );
  }
  const pairs = isShort ? digits.replace(/./g, "$&$&") : digits;
  return [0, 2, 4].map((at) => Number.parseInt(pairs.slice(at, at + 2), 16));
}

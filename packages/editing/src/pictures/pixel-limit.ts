const variable = "INSIGHTGRAPH_MAX_MEGAPIXELS";
const defaultMegapixels = 100;

/**
 * The largest picture that is decoded, in millions of pixels: a file of some kilobytes can hold
 * pixels that fill the memory. Set by `INSIGHTGRAPH_MAX_MEGAPIXELS`.
 * @default 100
 * Throws: a `RangeError` for a setting that is not a positive number.
 */
export function maxMegapixels(): number {
  const setting = process.env[variable];
  if (setting === undefined || setting === "") return defaultMegapixels;
  const megapixels = Number(setting);
  if (megapixels > 0) return megapixels;
  throw new RangeError(`${variable} is "${setting}", which is not a positive number`);
}

export { graphKey, manifestKey } from "./png/keys.ts";
export { isPng, readPngTexts, withPngTexts } from "./png/png-texts.ts";

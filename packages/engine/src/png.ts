export { isPng, readPngTexts, withPngTexts } from "./png/png-texts.ts";

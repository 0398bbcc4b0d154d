export { isPng } from "./png/chunks.ts";
export { graphKeyword, manifestKeyword } from "./png/keywords.ts";
export { readPngText, withPngTexts } from "./png/png-texts.ts";

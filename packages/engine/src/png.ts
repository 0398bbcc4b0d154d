export { GRAPH_KEY, MANIFEST_KEY } from "./png/keys.ts";
export { isPng, readPngTexts, withPngTexts } from "./png/png-texts.ts";

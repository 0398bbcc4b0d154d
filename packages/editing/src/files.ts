export { findSpelling } from "./files/find-spelling.ts";
export type { ReadableFile } from "./files/read-whole.ts";
export { digestFile, readWhole } from "./files/read-whole.ts";
export { requireFolder, writeWhole } from "./files/write-whole.ts";

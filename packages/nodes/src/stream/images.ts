import path from "node:path";
import {
  createFolderReader,
  digestPictures,
  type FolderReader,
  type Picture,
  picturesIn,
} from "@insightgraph/editing/pictures";
import { defineNode, streamOf } from "@insightgraph/engine/node";
import { folderParams } from "../list/folder-params.ts";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";

export const streamImages = defineNode({
  type: "stream.images",
  version: 1,
  title: "Stream pictures in a folder",
  doc: "Loads the pictures in a folder one at a time, so that memory does not grow with their number.",
  inputs: {},
  params: folderParams,
  outputs: {
    images: streamOf(image)("Pictures, sorted by file name; 2 comes before 10."),
    names: streamOf(text)("File names of the pictures."),
  },
  fingerprint: async ({ folder }) => digestPictures(await picturesIn(folder)),
  async run(_, { folder, colour, broken }, { log, mayRead }) {
    const files = await picturesIn(folder);
    for (const file of files) await mayRead(file);
    const reader = createFolderReader(colour, broken);
    const length = broken === "stop" ? { length: files.length } : {};
    const reporting = reportSkipped(() => reader.skipped(), log);
    return {
      images: { ...length, [Symbol.asyncIterator]: () => reporting(picturesOf(files, reader)) },
      names: { ...length, [Symbol.asyncIterator]: () => reporting(namesOf(files, reader)) },
    };
  },
});

async function* picturesOf(
  files: readonly string[],
  reader: FolderReader,
): AsyncGenerator<Picture, void> {
  for (const file of files) {
    const picture = await reader.read(file);
    if (picture !== undefined) yield picture;
  }
}

async function* namesOf(
  files: readonly string[],
  reader: FolderReader,
): AsyncGenerator<string, void> {
  for (const file of files) {
    if (!(await reader.skips(file))) yield path.basename(file);
  }
}

/** Logs what was skipped once, when the first of several streams has been read to its end. */
function reportSkipped(skipped: () => string | undefined, log: (text: string) => void) {
  let isReported = false;
  return async function* reporting<T>(items: AsyncIterable<T>): AsyncGenerator<T, void> {
    yield* items;
    const text = isReported ? undefined : skipped();
    isReported = true;
    if (text !== undefined) log(text);
  };
}

import path from "node:path";
import { digestPictures, picturesIn, readPicture } from "@insightgraph/editing/pictures";
import { defineNode, type Stream, streamOf } from "@insightgraph/engine/node";
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
  async run(_, { folder, colour }) {
    const files = await picturesIn(folder);
    return {
      images: inTurn(files, (file) => readPicture(file, colour)),
      names: inTurn(files, async (file) => path.basename(file)),
    };
  },
});

function inTurn<T>(files: readonly string[], read: (file: string) => Promise<T>): Stream<T> {
  return {
    length: files.length,
    async *[Symbol.asyncIterator]() {
      for (const file of files) yield await read(file);
    },
  };
}

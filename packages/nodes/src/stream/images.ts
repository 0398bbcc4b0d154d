import path from "node:path";
import { digestPictures, picturesIn, readPicture } from "@insightgraph/editing/pictures";
import { defineNode, type Stream, streamOf } from "@insightgraph/engine/node";
import { folderParams } from "../list/folder-params.ts";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";

export const streamImages = defineNode({
  type: "stream.images",
  version: 1,
  title: "Pictures of a folder, in turn",
  doc: "Reads the pictures of a folder one after the other, however many there are.",
  inputs: {},
  params: folderParams,
  outputs: {
    images: streamOf(image)("The pictures in the order of their names, 2 before 10."),
    names: streamOf(text)("The names of their files."),
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

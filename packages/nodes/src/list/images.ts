import path from "node:path";
import type { Picture } from "@insightgraph/editing/pictures";
import { digestPictures, picturesIn, readPicture } from "@insightgraph/editing/pictures";
import { defineNode, listOf } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";
import { folderParams } from "./folder-params.ts";

export const listImages = defineNode({
  type: "list.images",
  version: 1,
  title: "Pictures in a folder",
  doc: "Loads all pictures in a folder at once. Use the stream node for very large folders.",
  inputs: {},
  params: folderParams,
  outputs: {
    images: listOf(image)("Pictures, sorted by file name; 2 comes before 10."),
    names: listOf(text)("File names of the pictures."),
  },
  fingerprint: async ({ folder }) => digestPictures(await picturesIn(folder)),
  async run(_, { folder, colour }, { signal, progress }) {
    const files = await picturesIn(folder);
    const images: Picture[] = [];
    for (const file of files) {
      signal.throwIfAborted();
      images.push(await readPicture(file, colour));
      progress(images.length, files.length);
    }
    return { images, names: files.map((file) => path.basename(file)) };
  },
});

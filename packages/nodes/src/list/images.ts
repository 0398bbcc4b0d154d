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
  title: "Pictures of a folder",
  doc: "Reads all pictures of a folder at once; for very many, take them as a stream.",
  inputs: {},
  params: folderParams,
  outputs: {
    images: listOf(image)("The pictures in the order of their names, 2 before 10."),
    names: listOf(text)("The names of their files."),
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

import path from "node:path";
import type { Picture } from "@insightgraph/editing/pictures";
import { createFolderReader, digestPictures, picturesIn } from "@insightgraph/editing/pictures";
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
  async run(_, { folder, colour, broken }, { signal, progress, log, mayRead }) {
    const files = await picturesIn(folder);
    const reader = createFolderReader(colour, broken);
    const images: Picture[] = [];
    const names: string[] = [];
    for (const [index, file] of files.entries()) {
      signal.throwIfAborted();
      await mayRead(file);
      const picture = await reader.read(file);
      progress(index + 1, files.length);
      if (picture === undefined) continue;
      images.push(picture);
      names.push(path.basename(file));
    }
    const skipped = reader.skipped();
    if (skipped !== undefined) log(skipped);
    return { images, names };
  },
});

import { createHash } from "node:crypto";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types.ts";
import { decodePicture, readPictureFile } from "./read-picture.ts";

export const loadImage = defineNode({
  type: "image.load",
  version: 1,
  title: "Load picture",
  doc: "Reads a picture file: upright, in sRGB, transparency on white.",
  inputs: {},
  params: {
    path: param.file({
      default: "",
      purpose: "open",
      accept: ".png,.jpg,.jpeg,.webp,.tif,.tiff,.gif,.avif",
      doc: "Picture file.",
    }),
  },
  outputs: { image: image("The picture in its own size.") },
  async fingerprint({ path }) {
    return createHash("sha256")
      .update(await readPictureFile(path))
      .digest("hex");
  },
  async run(_, { path }, { signal }) {
    const bytes = await readPictureFile(path);
    signal.throwIfAborted();
    return { image: await decodePicture(bytes, path) };
  },
});

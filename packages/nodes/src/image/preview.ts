import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";

export const imagePreview = defineNode({
  type: "image.preview",
  version: 1,
  title: "Preview",
  doc: "Shows a picture on the canvas and passes it on unchanged.",
  inputs: { image: image("Picture to show.") },
  params: {},
  outputs: { image: image("The same picture.") },
  isOutput: true,
  run: (inputs) => ({ image: inputs.image }),
});

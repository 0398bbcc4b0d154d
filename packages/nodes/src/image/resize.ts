import { boxFor, fitInto } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";

const side = { default: 512, min: 0, max: 16_384 };

export const imageResize = defineNode({
  type: "image.resize",
  version: 1,
  title: "Resize",
  doc: "Scales a picture to a size in pixels, or to the size of another picture.",
  inputs: {
    image: image("Picture to scale."),
    like: image.optional("Picture whose size to match. Default: use width and height."),
  },
  params: {
    width: param.integer({ ...side, doc: "Width in pixels. 0 keeps the aspect ratio." }),
    height: param.integer({ ...side, doc: "Height in pixels. 0 keeps the aspect ratio." }),
    fit: param.choice({
      options: ["fill", "inside", "cover"],
      default: "fill",
      doc: "Stretch to the size, fit inside it, or cover it and crop the excess.",
    }),
    kernel: param.choice({
      options: ["lanczos3", "lanczos2", "mitchell", "cubic", "linear", "nearest"],
      default: "lanczos3",
      doc: "Resampling filter. Nearest keeps hard pixel edges.",
    }),
  },
  outputs: { image: image("Scaled picture.") },
  run(inputs, { fit, kernel, ...size }) {
    const box = boxFor(inputs.image, inputs.like ?? size);
    return { image: fitInto(inputs.image, box, fit, kernel) };
  },
});

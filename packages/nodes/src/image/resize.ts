import type { Picture } from "@insightgraph/editing/pictures";
import { cut, type Kernel, requireRoom, resample, type Size } from "@insightgraph/editing/pictures";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
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

/** The box to fit into; a side of 0 follows from the other. */
function boxFor(source: Size, { width, height }: Size): Size {
  if (width === 0 && height === 0) {
    throw inputError("width and height are both 0", {
      param: "width",
      hint: "Set at least one of them.",
    });
  }
  const aspect = source.width / source.height;
  const size = {
    width: width === 0 ? Math.max(1, Math.round(height * aspect)) : width,
    height: height === 0 ? Math.max(1, Math.round(width / aspect)) : height,
  };
  requireRoom(size, width === 0 ? "height" : "width");
  return size;
}

type Fit = "fill" | "inside" | "cover";

function fitInto(picture: Picture, box: Size, fit: Fit, kernel: Kernel): Picture {
  const scales = [box.width / picture.width, box.height / picture.height];
  const scale = fit === "inside" ? Math.min(...scales) : Math.max(...scales);
  if (fit === "cover") return scaled(cutMiddle(picture, box, scale), box, kernel);
  if (fit === "fill") return scaled(picture, box, kernel);
  const size = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  return scaled(picture, size, kernel);
}

function scaled(picture: Picture, size: Size, kernel: Kernel): Picture {
  const isSame = picture.width === size.width && picture.height === size.height;
  return isSame ? picture : resample(picture, size, kernel);
}

/** The centre of a picture, of the size that covers the box once scaled. */
function cutMiddle(picture: Picture, box: Size, scale: number): Picture {
  const width = Math.max(1, Math.min(picture.width, Math.round(box.width / scale)));
  const height = Math.max(1, Math.min(picture.height, Math.round(box.height / scale)));
  const left = Math.floor((picture.width - width) / 2);
  const top = Math.floor((picture.height - height) / 2);
  return cut(picture, { left, top, width, height });
}

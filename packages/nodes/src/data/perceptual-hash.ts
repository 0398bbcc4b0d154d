import { perceptualHash } from "@insightgraph/editing/pairs";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";

export const dataPerceptualHash = defineNode({
  type: "data.perceptual-hash",
  version: 1,
  title: "Perceptual hash",
  doc: "Gives 64 bits that hardly change where a picture is scaled, compressed or slightly edited (pHash).",
  inputs: { image: image("Picture.") },
  params: {},
  outputs: { hash: text("64 bits as 16 hexadecimal digits.") },
  run: ({ image: picture }) => ({ hash: perceptualHash(picture) }),
});

import { type Latent, paintLatent } from "@insightgraph/editing/architectures";
import { definePort, pack, unpack, type ValueCodec } from "@insightgraph/engine/node";
import { joined } from "./joined.ts";
import { rasterPreview } from "./raster-preview.ts";
import { bytesOf, floatsFrom, tensorCodec } from "./tensor-codec.ts";
import { hashTensor } from "./tensor-port.ts";

/** Stores the tensor, its preview colours and its scaling. */
const latentCodec: ValueCodec<Latent> = {
  encode: ({ tensor, colours: { patch, weight, bias }, scaling: { factor, shift } }) =>
    pack(
      [patch, factor, shift],
      [joined(tensorCodec.encode(tensor)), bytesOf(weight), bytesOf(bias)],
    ),
  decode(bytes) {
    const { head, parts } = unpack(bytes);
    const [tensor, weight, bias] = parts;
    if (tensor === undefined || weight === undefined || bias === undefined) {
      throw new RangeError("the bytes are not a latent");
    }
    const [patch = 1, factor = 1, shift = 0] = Array.isArray(head) ? head.map(Number) : [];
    const colours = { patch, weight: floatsFrom(weight), bias: floatsFrom(bias) };
    return { tensor: tensorCodec.decode(tensor), colours, scaling: { factor, shift } };
  },
};

/** A picture in an autoencoder's latent space, [1, c, h, w]. */
export const latent = definePort<Latent>("latent", {
  look: { role: "latent", shape: "hexagon" },
  shape: ["c", "h", "w"],
  hash: ({ tensor }) => hashTensor(tensor),
  preview: (value) => rasterPreview(paintLatent(value), 3),
  store: latentCodec,
});

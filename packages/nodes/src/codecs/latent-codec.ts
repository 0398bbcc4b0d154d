import type { Latent } from "@insightgraph/editing/architectures";
import { pack, unpack, type ValueCodec } from "@insightgraph/engine/node";
import { joined } from "./joined.ts";
import { bytesOf, floatsFrom, tensorCodec } from "./tensor-codec.ts";

/** The tensor, the colours that it is painted with and its scaling. */
export const latentCodec: ValueCodec<Latent> = {
  encode: ({ tensor, colours: { patch, weight, bias }, scaling: { factor, shift } }) =>
    pack(
      [patch, factor, shift],
      [joined(tensorCodec.encode(tensor)), bytesOf(weight), bytesOf(bias)],
    ),
  decode(bytes) {
    const { head, parts } = unpack(bytes);
    const [tensor, weight, bias] = parts;
    if (tensor === undefined || weight === undefined || bias === undefined) {
      throw new RangeError("this is no latent");
    }
    const [patch = 1, factor = 1, shift = 0] = Array.isArray(head) ? head.map(Number) : [];
    const colours = { patch, weight: floatsFrom(weight), bias: floatsFrom(bias) };
    return { tensor: tensorCodec.decode(tensor), colours, scaling: { factor, shift } };
  },
};

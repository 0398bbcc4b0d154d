import { pack, unpack, type ValueCodec } from "@insightgraph/engine/node";
import type { Latent } from "../generation/latent.ts";
import { joined } from "./joined.ts";
import { bytesOf, floatsFrom, tensorCodec } from "./tensor-codec.ts";

/** The tensor and the colours that it is painted with. */
export const latentCodec: ValueCodec<Latent> = {
  encode: ({ tensor, colours: { patch, weight, bias } }) =>
    pack(patch, [joined(tensorCodec.encode(tensor)), bytesOf(weight), bytesOf(bias)]),
  decode(bytes) {
    const { head, parts } = unpack(bytes);
    const [tensor, weight, bias] = parts;
    if (tensor === undefined || weight === undefined || bias === undefined) {
      throw new RangeError("this is no latent");
    }
    const colours = { patch: Number(head), weight: floatsFrom(weight), bias: floatsFrom(bias) };
    return { tensor: tensorCodec.decode(tensor), colours };
  },
};

import { pack, unpack, type ValueCodec } from "@insightgraph/engine/node";

interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Stores rows of 8-bit samples uncompressed. @param channels Samples of a pixel. */
export function rasterCodec<T extends Raster>(
  channels: number,
  create: (raster: Raster) => T,
): ValueCodec<T> {
  return {
    encode: ({ width, height, data }) => pack([width, height], [data]),
    decode(bytes) {
      const { head, parts } = unpack(bytes);
      const [width, height] = (Array.isArray(head) ? head : []).map(Number);
      const data = new Uint8Array(parts[0] ?? []);
      if (width === undefined || height === undefined || data.length !== width * height * channels)
        throw new RangeError("the number of samples does not match the size");
      return create({ width, height, data });
    },
  };
}

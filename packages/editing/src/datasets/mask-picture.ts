import sharp from "sharp";
import { EditingError } from "../errors.ts";
import type { Mask } from "../pictures/picture.ts";

/** A picture file as a mask: its luminance. Throws: `dataset.field` for bytes that are no picture. */
export async function fromMaskPicture(bytes: Uint8Array): Promise<Mask> {
  const { data, info } = await sharp(bytes)
    .flatten({ background: "#000000" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      const hint = "Leave the record out, or give it another mask.";
      throw new EditingError("dataset.field", "the mask is no picture", { hint, cause });
    });
  return { width: info.width, height: info.height, data };
}

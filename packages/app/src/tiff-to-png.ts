import { decodePicture } from "@insightgraph/editing/pictures";
import { image } from "@insightgraph/nodes/ports";

/**
 * Converts a TIFF to a PNG that browsers can show: the preview of the decoded picture.
 * Throws: what `decodePicture` throws.
 */
export async function tiffToPng(bytes: Uint8Array): Promise<Uint8Array> {
  const decoded = await decodePicture(bytes, { path: "TIFF", ground: undefined });
  const preview = await image.preview?.(decoded.image);
  if (preview?.kind !== "image") throw new Error("the preview of an image is not a picture");
  return Buffer.from(preview.base64, "base64");
}

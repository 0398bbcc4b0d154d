import { decodePicture } from "@insightgraph/editing/pictures";
import { image } from "@insightgraph/nodes/ports";

/**
 * A TIFF as a PNG that browsers can show: the preview of what nodes read from the file.
 * Throws: what `decodePicture` throws.
 */
export async function tiffToPng(bytes: Uint8Array): Promise<Uint8Array> {
  const decoded = await decodePicture(bytes, { path: "TIFF", ground: undefined });
  const preview = await image.preview?.(decoded.image);
  if (preview?.kind !== "image") throw new Error("the preview of an image is no picture");
  return Buffer.from(preview.base64, "base64");
}

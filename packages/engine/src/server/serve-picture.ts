import path from "node:path";
import { EngineError } from "../errors.ts";
import { mimeTypeOf } from "./mime-types.ts";
import { readWithin } from "./read-within.ts";
import { errorReply, fileReply, notFound } from "./replies.ts";
import { contentHeaders } from "./security-headers.ts";
import type { SiteOptions } from "./site-options.ts";

/** SVG is the one picture that can hold a script: browsers save it instead of opening it. */
function pictureReply(bytes: Uint8Array, mime: string): Response {
  const isDocument = mime === "image/svg+xml";
  return fileReply(bytes, {
    ...contentHeaders,
    "content-type": mime,
    "content-disposition": isDocument ? "attachment" : "inline",
    "cache-control": "no-cache",
  });
}

/** A picture of the uploads or of the served folders; anything else is not found. */
export async function servePicture(asked: string, options: SiteOptions): Promise<Response> {
  const mime = mimeTypeOf(asked);
  const bytes =
    mime.startsWith("image/") && !asked.includes("\0")
      ? await readWithin(
          [...options.pictureDirs, options.uploadsDir],
          path.resolve(options.workDir, asked),
        )
      : undefined;
  if (bytes === undefined) return notFound(asked);
  const { tiffToPng } = options;
  if (mime !== "image/tiff" || tiffToPng === undefined) return pictureReply(bytes, mime);
  try {
    return pictureReply(await tiffToPng(bytes), "image/png");
  } catch (cause) {
    const error = new EngineError("server.not-a-picture", `${asked} cannot be read as a TIFF`, {
      hint: "Open it in a picture program and save it again.",
      cause,
    });
    return errorReply(415, error);
  }
}

import { open } from "node:fs/promises";
import { inputError } from "@insightgraph/engine/node";
import sharp, { type Metadata } from "sharp";
import type { Picture } from "../port-types.ts";

const largestPixels = 100_000_000;
const largestBytes = 1024 * 1024 * 1024;
const formats = ["PNG", "JPEG", "WebP", "TIFF", "GIF", "AVIF"];
/** As sharp calls them; AVIF is a kind of "heif". */
const formatNames = new Set(["png", "jpeg", "webp", "tiff", "gif", "heif", "avif"]);

/**
 * The bytes of the picture file that param `path` names.
 *
 * Throws: `node.bad-input`, naming the file.
 */
export async function readPictureFile(path: string): Promise<Buffer> {
  if (path.trim() === "") {
    throw fault("no picture is chosen", "choose a file or give its path.");
  }
  const file = await open(path, "r").catch((cause: unknown) => {
    throw unopened(path, cause);
  });
  try {
    const about = await file.stat();
    if (!about.isFile()) {
      throw fault(`"${path}" is not a file`, "give the path of a picture file.");
    }
    if (about.size > largestBytes) {
      throw fault(`"${path}" is larger than 1 GB`, "save the picture smaller.");
    }
    return await file.readFile().catch((cause: unknown) => {
      throw unopened(path, cause);
    });
  } finally {
    await file.close();
  }
}

/**
 * Decodes a picture: upright, in sRGB, 8 bits, transparency on white; of an animation, the first frame.
 *
 * Throws: `node.bad-input`, naming the file.
 */
export async function decodePicture(bytes: Uint8Array, path: string): Promise<Picture> {
  const { format, width, height } = await inspect(bytes, path);
  if (!formatNames.has(format ?? "")) {
    throw fault(`"${path}" holds ${format ?? "something"}, not a picture of pixels`, usable);
  }
  if (width * height > largestPixels) {
    const size = `${width} x ${height}`;
    throw fault(`"${path}" has ${size} pixels, over 100 megapixels`, "scale it down first.");
  }
  const { data, info } = await sharp(bytes, { limitInputPixels: largestPixels, failOn: "error" })
    .autoOrient()
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw fault(
        `"${path}" is damaged or cut short`,
        "open it in a picture program and save it again, or fetch it anew.",
        cause,
      );
    });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}

const usable = `use a ${formats.join(", ")} file.`;

async function inspect(bytes: Uint8Array, path: string): Promise<Metadata> {
  if (bytes.length === 0) throw fault(`"${path}" is empty`, usable);
  return sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw fault(`"${path}" is not a picture that can be read`, usable, cause);
    });
}

function unopened(path: string, cause: unknown): Error {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return fault(`there is no file "${path}"`, "check the path and the spelling.", cause);
  }
  if (code === "EISDIR") {
    return fault(`"${path}" is not a file`, "give the path of a picture file.", cause);
  }
  if (code === "EACCES" || code === "EPERM") {
    return fault(`"${path}" may not be read`, "give yourself permission to read it.", cause);
  }
  return fault(`"${path}" cannot be read`, "check the disk and the path.", cause);
}

function fault(what: string, hint: string, cause?: unknown): Error {
  return inputError(what, { param: "path", hint, ...(cause === undefined ? {} : { cause }) });
}

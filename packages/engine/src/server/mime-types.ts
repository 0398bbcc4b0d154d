const mimeTypes: Readonly<Record<string, string>> = {
  avif: "image/avif",
  css: "text/css; charset=utf-8",
  gif: "image/gif",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  map: "application/json; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  tif: "image/tiff",
  tiff: "image/tiff",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
};

/** @returns the MIME type for a file name, by its ending. */
export function mimeTypeOf(fileName: string): string {
  const ending = fileName.slice(fileName.lastIndexOf(".") + 1).toLowerCase();
  return mimeTypes[ending] ?? "application/octet-stream";
}

function hasBytes(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));
}

/** Little-endian and big-endian, each as TIFF and as BigTIFF. */
const tiffStarts: readonly string[] = ["II*\0", "MM\0*", "II+\0", "MM\0+"];

/** @returns the file ending for a picture's bytes, or undefined if their format is not known. */
export function pictureEnding(bytes: Uint8Array): string | undefined {
  if (hasBytes(bytes, 0, "\x89PNG\r\n\x1a\n")) return "png";
  if (hasBytes(bytes, 0, "\xff\xd8\xff")) return "jpg";
  if (hasBytes(bytes, 0, "RIFF") && hasBytes(bytes, 8, "WEBP")) return "webp";
  if (hasBytes(bytes, 0, "GIF8")) return "gif";
  if (hasBytes(bytes, 4, "ftypavif")) return "avif";
  if (tiffStarts.some((start) => hasBytes(bytes, 0, start))) return "tif";
  return undefined;
}

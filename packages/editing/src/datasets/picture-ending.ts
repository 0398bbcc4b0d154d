const signatures: readonly (readonly [ending: string, pattern: RegExp])[] = [
  [".png", /^\x89PNG/],
  [".jpg", /^\xff\xd8\xff/],
  [".gif", /^GIF8/],
  [".webp", /^RIFF....WEBP/s],
  [".tif", /^(II\*\0|MM\0\*)/],
  [".avif", /^....ftyp/s],
];

/** The ending of a picture file by its first bytes; `.bin` where they are unknown. */
export function pictureEnding(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return signatures.find(([, pattern]) => pattern.test(start))?.[0] ?? ".bin";
}

const endings = new Set([".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".avif"]);

/** Whether a file's name is that of a picture; what macOS writes beside files is none. */
export function isPictureName(name: string): boolean {
  const dot = name.lastIndexOf(".");
  return dot >= 0 && endings.has(name.slice(dot).toLowerCase()) && !/(^|\/)\._/.test(name);
}

/** The output of a codec as a single array. */
export function joined(encoded: Uint8Array | readonly Uint8Array[]): Uint8Array {
  return encoded instanceof Uint8Array ? encoded : new Uint8Array(Buffer.concat(encoded));
}

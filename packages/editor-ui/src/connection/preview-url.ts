import type { PictureBytes } from "@insightgraph/engine/node";

/** Address of a preview picture that needs no request. */
export function toUrl({ mime, base64 }: PictureBytes): string {
  return `data:${mime};base64,${base64}`;
}

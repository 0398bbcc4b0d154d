import type { Preview } from "../node/preview.ts";

/** A preview that carries no more than the first picture of a list; their number stays. */
export function withoutOthers(preview: Preview): Preview {
  if (preview.kind !== "image") return preview;
  const { others: _, ...first } = preview;
  return first;
}

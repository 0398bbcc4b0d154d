import { toWireError } from "../errors.ts";
import type { RunEvent } from "../protocol/run-event.ts";
import type { Thumbnail } from "./job.ts";

/** Makes a small picture of one; throws where it cannot be read. */
export type MakeThumbnail = (picture: Thumbnail) => Promise<Thumbnail>;

/** The last picture that a run made. */
function lastPicture(events: readonly RunEvent[]): Thumbnail | undefined {
  for (const event of events.toReversed()) {
    if (event.type !== "node-finished") continue;
    for (const preview of Object.values(event.previews)) {
      if (preview.kind !== "image") continue;
      return { mime: preview.mime, bytes: Buffer.from(preview.base64, "base64") };
    }
  }
  return undefined;
}

/** A small picture of what a run made, or nothing: a job never fails for want of it. */
export async function thumbnailOf(
  events: readonly RunEvent[],
  { makeThumbnail, log }: { readonly makeThumbnail?: MakeThumbnail; log(text: string): void },
): Promise<{ readonly thumbnail?: Thumbnail }> {
  const picture = lastPicture(events);
  if (picture === undefined || makeThumbnail === undefined) return {};
  try {
    return { thumbnail: await makeThumbnail(picture) };
  } catch (thrown) {
    log(`jobs: no thumbnail: ${toWireError(thrown).what}`);
    return {};
  }
}

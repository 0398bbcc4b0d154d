import { words } from "../../messages/messages.ts";
import type { ViewPicture } from "./view-pictures.ts";

/** Pictures that are looked at side by side. */
export interface PictureSet {
  readonly name: string;
  readonly pictures: readonly ViewPicture[];
}

/** What a grid can show: every picture, what each run or variant made, and each list that was saved. */
export function pictureSets(pictures: readonly ViewPicture[]): readonly PictureSet[] {
  const results = pictures.filter(({ id }) => id.endsWith(" result"));
  const lists = new Set(pictures.flatMap(({ list }) => list ?? []));
  return [
    { name: words.everyPicture, pictures },
    { name: words.resultsOfRuns, pictures: results },
    ...[...lists].map((name) => ({
      name,
      pictures: pictures.filter(({ list }) => list === name),
    })),
  ];
}

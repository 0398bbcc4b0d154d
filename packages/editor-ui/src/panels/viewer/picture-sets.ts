import { words } from "../../messages/messages.ts";
import type { ViewPicture } from "./view-pictures.ts";

/** Pictures that are looked at side by side. */
export interface PictureSet {
  readonly name: string;
  readonly pictures: readonly ViewPicture[];
  /** How many there are, shown or not. */
  readonly total: number;
}

/** What a grid can show: every picture, what each run or variant made, and each list. */
export function pictureSets(pictures: readonly ViewPicture[]): readonly PictureSet[] {
  const results = pictures.filter(({ id }) => id.endsWith(" result"));
  const lists = new Set(pictures.flatMap(({ list }) => list ?? []));
  return [
    asSet(words.everyPicture, pictures),
    asSet(words.resultsOfRuns, results),
    ...[...lists].map((name) =>
      asSet(
        name,
        pictures.filter(({ list }) => list === name),
      ),
    ),
  ];
}

function asSet(name: string, pictures: readonly ViewPicture[]): PictureSet {
  const unseen = new Map(
    pictures.flatMap(({ list, listTotal }) => {
      if (list === undefined || listTotal === undefined) return [];
      return [[list, listTotal - pictures.filter((other) => other.list === list).length] as const];
    }),
  );
  const total = [...unseen.values()].reduce((sum, count) => sum + count, pictures.length);
  return { name, pictures, total };
}

import { withArticle } from "./instructions.ts";
import { placeWords } from "./phrases.ts";
import type { PlacedObject } from "./scene.ts";
import { objectAt } from "./scene-objects.ts";

/** Caption of a scene without objects. */
export const emptyCaption = "an empty scene";

/** Lists every object and its place, in the catalogue's order. */
export function writeCaption(objects: readonly PlacedObject[]): string {
  if (objects.length === 0) return emptyCaption;
  return [...objects]
    .sort((a, b) => a.index - b.index)
    .map(
      ({ index, place }) => `${withArticle(objectAt(index))} ${placeWords[place].shared[0] ?? ""}`,
    )
    .join(" and ");
}

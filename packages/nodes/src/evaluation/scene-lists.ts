import type { Picture } from "@insightgraph/editing/pictures";
import { inputError, listOf } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

/** Fixed edits as lists of equal length, in the same order. */
export const sceneListPorts = {
  source: listOf(image)("Pictures before the edit."),
  target: listOf(image)("Pictures after the edit."),
  mask: listOf(mask)("Where the two differ."),
  instruction: listOf(text)("What to do, in words."),
  operation: listOf(text)("What the edit does: remove, add, replace or recolor."),
  kind: listOf(text)("What the instruction is: simple or reasoning."),
  seed: listOf(number)("A seed for each edit: its number."),
};

interface FixedScene {
  readonly source: Picture;
  readonly target: Picture;
  /** 1 where the two differ. */
  readonly mask: Uint8Array;
  readonly instruction: string;
  readonly operation: string;
  readonly kind: string;
}

/** Numbers of the edits that are asked for. Throws: at `count` where there are fewer. */
export function sceneNumbers(
  { first, count }: { readonly first: number; readonly count: number },
  { there, name }: { readonly there: number; readonly name: string },
): readonly number[] {
  if (first + count <= there) return Array.from({ length: count }, (_, index) => first + index);
  throw inputError(`there are ${there} ${name} edits, not ${first + count}`, {
    param: "count",
    hint: `Ask for at most ${there - first} from number ${first}.`,
  });
}

/** Scenes as lists, each with its number as seed. */
export function toSceneLists(scenes: readonly FixedScene[], seed: readonly number[]) {
  return {
    source: scenes.map(({ source }) => source),
    target: scenes.map(({ target }) => target),
    mask: scenes.map(({ source: { width, height }, mask: inside }) => ({
      ...{ width, height },
      data: inside.map((value) => value * 255),
    })),
    instruction: scenes.map(({ instruction }) => instruction),
    operation: scenes.map(({ operation }) => operation),
    kind: scenes.map(({ kind }) => kind),
    seed: [...seed],
  };
}

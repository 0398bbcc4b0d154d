import { type Hint, hintsFor, relationsTo } from "./hints.ts";
import type { Layout, Standing } from "./layout.ts";
import { catalogueStyle } from "./object-styles.ts";
import {
  claims,
  commands,
  pointers,
  questions,
  relationWords,
  riddle,
  sizeWords,
  traitWords,
} from "./phrases.ts";
import type { Random } from "./random.ts";
import type { SceneKind } from "./scene.ts";
import { objectAt, type SceneObject, sceneObjects } from "./scene-objects.ts";
import type { WordingStyle } from "./wording-style.ts";

/** Writes the instruction for a layout's edit; undefined if nothing distinguishes its object from the others. */
export function writeInstruction(
  random: Random,
  wording: WordingStyle,
  kind: SceneKind,
  layout: Layout,
): string | undefined {
  const { gone, come, stay } = layout;
  const text =
    gone === undefined
      ? come && writeAddition(random, wording, kind, come, stay)
      : writeChange(random, wording, kind, { ...layout, gone });
  return text && wording.punctuate(text);
}

function writeChange(
  random: Random,
  wording: WordingStyle,
  kind: SceneKind,
  { style, gone, come, stay, tint }: Layout & { readonly gone: Standing },
): string | undefined {
  const { choose } = wording;
  const operation = tint !== undefined ? "recolor" : come === undefined ? "remove" : "replace";
  const result = {
    new: come === undefined ? "" : withArticle(objectAt(come.index)),
    colour: tint ?? "",
  };
  if (kind === "simple") {
    return fill(choose(commands[operation]), { old: nameOf(gone, wording), ...result });
  }
  const hints = hintsFor(gone, stay, style === catalogueStyle);
  if (hints.length === 0) return undefined;
  const hint = random.pick(hints);
  if (hint.kind === "property" && random.chance(0.35)) {
    const question = { ask: random.pick(hint.words.ask), is: random.pick(hint.words.is) };
    return fill(choose(questions[operation]), { ...question, ...result });
  }
  return fill(choose(commands[operation]), { old: describe(random, wording, hint), ...result });
}

function nameOf({ name, place }: Standing, { at, placesNames }: WordingStyle): string {
  return placesNames() ? `the ${name} ${at(place)}` : `the ${name}`;
}

function writeAddition(
  random: Random,
  { choose, at }: WordingStyle,
  kind: SceneKind,
  come: Standing,
  stay: readonly Standing[],
): string | undefined {
  const object = objectAt(come.index);
  const plain = { new: withArticle(object), place: at(come.place) };
  if (kind === "simple") return fill(choose(commands.add), plain);
  const options = [
    ...riddlesFor(object).map((words) => ({ ...plain, new: words })),
    ...relationsTo(come, stay).map(({ relation, anchor }) => ({
      ...plain,
      place: fill(choose(relationWords[relation]), { anchor }),
    })),
  ];
  return options.length === 0 ? undefined : fill(choose(commands.add), random.pick(options));
}

function describe(random: Random, { choose, at }: WordingStyle, hint: Hint): string {
  switch (hint.kind) {
    case "place":
      return fill(choose(pointers), { place: at(hint.place) });
    case "relation": {
      const { relation, anchor } = hint.relation;
      return fill(choose(pointers), { place: fill(choose(relationWords[relation]), { anchor }) });
    }
    case "size":
      return choose(sizeWords[hint.size]);
    case "property": {
      const { nouns, is } = hint.words;
      if (nouns.length > 0 && random.chance(0.5)) return `the ${random.pick(nouns)}`;
      return fill(choose(claims), { is: random.pick(is) });
    }
  }
}

/** Phrases such as "a yellow fruit", if the catalogue has exactly one. */
function riddlesFor(object: SceneObject): readonly string[] {
  return object.traits.flatMap((trait) => {
    const rivals = sceneObjects.filter(
      (other) =>
        other !== object && other.traits.includes(trait) && other.colours.includes(object.colour),
    );
    return rivals.length > 0
      ? []
      : traitWords[trait].nouns.map((noun) => riddle(object.colour, noun));
  });
}

/** An object's name with its indefinite article. */
export function withArticle(object: SceneObject): string {
  return `${object.article} ${object.name}`;
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

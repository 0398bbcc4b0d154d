import { type Hint, hintsFor, relationsTo } from "./hints.ts";
import type { Layout, Standing } from "./layout.ts";
import {
  claims,
  commands,
  placeWords,
  pointers,
  questions,
  relationWords,
  riddle,
  sizeWords,
  traitWords,
  type Wordings,
} from "./phrases.ts";
import type { Random } from "./random.ts";
import type { SceneKind, SceneSplit } from "./scene.ts";
import { objectAt, type SceneObject, sceneObjects } from "./scene-objects.ts";

/** Draws one wording; for evaluation, half of the draws use wordings that training never uses. */
export type Choose = (wordings: Wordings) => string;

/** A function that draws wordings for a split. */
export function chooser(random: Random, split: SceneSplit): Choose {
  return ({ shared, held }) =>
    random.pick(split === "evaluation" && held.length > 0 && random.chance(0.5) ? held : shared);
}

/** Writes the instruction for a layout's edit; undefined if nothing distinguishes its object from the others. */
export function writeInstruction(
  random: Random,
  split: SceneSplit,
  kind: SceneKind,
  layout: Layout,
): string | undefined {
  const choose = chooser(random, split);
  const { gone, come, stay, tint } = layout;
  if (gone === undefined) return come && writeAddition(random, choose, kind, come, stay);
  const operation = tint !== undefined ? "recolor" : come === undefined ? "remove" : "replace";
  const result = {
    new: come === undefined ? "" : withArticle(objectAt(come.index)),
    colour: tint ?? "",
  };
  if (kind === "simple") {
    return fill(choose(commands[operation]), { old: `the ${gone.name}`, ...result });
  }
  const hints = hintsFor(gone, stay);
  if (hints.length === 0) return undefined;
  const hint = random.pick(hints);
  if (hint.kind === "property" && random.chance(0.35)) {
    const question = { ask: random.pick(hint.words.ask), is: random.pick(hint.words.is) };
    return fill(choose(questions[operation]), { ...question, ...result });
  }
  return fill(choose(commands[operation]), { old: describe(random, choose, hint), ...result });
}

function writeAddition(
  random: Random,
  choose: Choose,
  kind: SceneKind,
  come: Standing,
  stay: readonly Standing[],
): string | undefined {
  const object = objectAt(come.index);
  const plain = { new: withArticle(object), place: choose(placeWords[come.place]) };
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

function describe(random: Random, choose: Choose, hint: Hint): string {
  switch (hint.kind) {
    case "place":
      return fill(choose(pointers), { place: choose(placeWords[hint.place]) });
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

import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { isHeldOutHue, paintBackground } from "./scenes/backgrounds.ts";
import { isHeldOutPair } from "./scenes/layout.ts";
import {
  claims,
  commands,
  placeWords,
  pointers,
  questions,
  relationWords,
  sizeWords,
  type Wordings,
} from "./scenes/phrases.ts";
import { createRandom } from "./scenes/random.ts";
import {
  type Box,
  heldOutCount,
  openSceneComposer,
  type Scene,
  type SceneComposer,
  sceneObjects,
  sceneSize,
  sceneVocabulary,
  tints,
  trainedObjects,
} from "./scenes.ts";

let composer: SceneComposer;
beforeAll(async () => {
  composer = await openSceneComposer();
});

const promisedShares = { remove: 0.2, add: 0.3, replace: 0.3, recolor: 0.2 };

const some = (split: "train" | "evaluation", count: number): Scene[] =>
  Array.from({ length: count }, (_, seed) => composer.compose(seed, split));

describe("composing", () => {
  test("gives the same bytes for the same seed, whatever was composed before", () => {
    const seeds = [0, 1, 77, 2 ** 31, 2 ** 40 + 3];
    const compose = (seed: number): Scene => composer.compose(seed, "train");
    expect(seeds.toReversed().map(compose)).toEqual(seeds.map(compose).toReversed());
    const pictures = new Set(some("train", 50).map(({ source }) => digest(source.data)));
    expect(pictures.size).toBe(50);
  });

  test("of ten objects shows these alone, in pairs of which each split has its own", () => {
    for (const split of ["train", "evaluation"] as const) {
      const scenes = Array.from({ length: 60 }, (_, seed) =>
        composer.compose(seed, split, { objects: "ten", kinds: ["simple"] }),
      );
      const shown = scenes.flatMap(({ objects, targetObjects }) => [...objects, ...targetObjects]);
      const indices = new Set(shown.map(({ index }) => index));
      expect([...indices].sort((a, b) => a - b)).toEqual([0, 11, 22, 33, 44, 55, 66, 77, 88, 99]);
    }
  });

  test("marks exactly the changed pixels", () => {
    for (const scene of some("train", 60)) {
      const changed = Array.from(scene.mask, (_, i) =>
        [0, 1, 2].some((c) => scene.source.data[i * 3 + c] !== scene.target.data[i * 3 + c])
          ? 1
          : 0,
      );
      expect([...scene.mask]).toEqual(changed);
      const count = changed.filter((value) => value === 1).length;
      expect(count).toBeGreaterThan(250);
      expect(count).toBeLessThan(128 * 128 * 0.4);
    }
  });

  test("changes nothing far from the objects of the edit", () => {
    for (const scene of some("evaluation", 60).filter(({ tint }) => tint < 0)) {
      const stays = scene.objects.filter(({ index }) => index !== scene.gone);
      const moved = [...scene.objects, ...scene.targetObjects].filter(
        ({ index }) => index === scene.gone || index === scene.come,
      );
      expect(scene.targetObjects.filter(({ index }) => index !== scene.come)).toEqual(stays);
      for (const [i, value] of scene.mask.entries()) {
        if (value === 0) continue;
        const x = i % sceneSize;
        const y = Math.floor(i / sceneSize);
        const isNear = moved.some(
          ({ box }) =>
            x >= box.left - 2 &&
            x < box.left + box.width + 2 &&
            y >= box.top &&
            y < box.top + box.height + 7,
        );
        expect(isNear).toBe(true);
      }
    }
  });

  test("leaves the clean background where a lone object is removed", () => {
    const lone = Array.from({ length: 120 }, (_, seed) =>
      composer.compose(seed, "train", { operations: ["remove"], kinds: ["simple"] }),
    ).filter(({ objects }) => objects.length === 1);
    expect(lone.length).toBeGreaterThan(20);
    for (const { target, background, targetCaption } of lone) {
      expect(targetCaption).toBe("an empty scene");
      expect(digest(target.data)).toBe(digest(background.data));
    }
  });

  test("keeps objects whole, at most three, and hardly covered", () => {
    for (const scene of some("train", 120)) {
      for (const list of [scene.objects, scene.targetObjects]) {
        expect(list.length).toBeLessThanOrEqual(3);
        expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
        for (const [i, { box }] of list.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.left + box.width).toBeLessThanOrEqual(sceneSize);
          expect(box.top + box.height).toBeLessThanOrEqual(sceneSize);
          for (const { box: other } of list.slice(i + 1)) {
            const smaller = Math.min(box.width * box.height, other.width * other.height);
            expect(sharedArea(box, other)).toBeLessThanOrEqual(0.1 * smaller);
          }
        }
      }
    }
  });

  test("puts an added object where the instruction says, upright and 48 px large", () => {
    for (let seed = 0; seed < 60; seed++) {
      const scene = composer.compose(seed, "train", { operations: ["add"], kinds: ["simple"] });
      const come = scene.targetObjects.find(({ index }) => index === scene.come);
      const placeWord = come?.place === "middle" ? /middle|center/ : new RegExp(come?.place ?? "");
      expect(scene.instruction).toMatch(placeWord);
      expect(scene.instruction).toContain(come?.name);
      expect(Math.max(come?.box.width ?? 0, come?.box.height ?? 0)).toBe(48);
      expect([25, 64, 103]).toContain(come?.centre.x);
    }
  });

  test("replaces at the same centre", () => {
    for (let seed = 0; seed < 60; seed++) {
      const scene = composer.compose(seed, "train", { operations: ["replace"] });
      const gone = scene.objects.find(({ index }) => index === scene.gone);
      const come = scene.targetObjects.find(({ index }) => index === scene.come);
      expect(come?.centre).toEqual(gone?.centre);
    }
  });

  test("paints one object in a colour that it does not have, and nothing else", () => {
    for (let seed = 0; seed < 60; seed++) {
      const scene = composer.compose(seed, "train", { operations: ["recolor"] });
      const tint = tints[scene.tint] ?? "red";
      expect(scene.instruction.split(" ")).toContain(tint);
      expect(sceneObjects[scene.gone]?.colours).not.toContain(tint);
      expect(scene.come).toBe(-1);
      expect(scene.targetObjects).toEqual(scene.objects);
      const box = scene.objects.find(({ index }) => index === scene.gone)?.box;
      for (const [i, value] of scene.mask.entries()) {
        if (value === 0 || box === undefined) continue;
        expect(i % sceneSize).toBeGreaterThanOrEqual(box.left);
        expect(i % sceneSize).toBeLessThan(box.left + box.width);
      }
    }
  });

  test("shares out operations and kinds as promised", () => {
    const scenes = some("train", 400);
    for (const [operation, promised] of Object.entries(promisedShares)) {
      const share = scenes.filter((scene) => scene.operation === operation).length / scenes.length;
      expect(Math.abs(share - promised)).toBeLessThan(0.07);
    }
    const reasoning = scenes.filter(({ kind }) => kind === "reasoning").length / scenes.length;
    expect(Math.abs(reasoning - 0.4)).toBeLessThan(0.08);
  });
});

describe("instructions", () => {
  test("use only the vocabulary and names of unseen objects", () => {
    const wordsOf = ({ instruction, caption, targetCaption }: Scene): string[] =>
      `${instruction} ${caption} ${targetCaption}`.split(" ");
    const unseen = sceneObjects.slice(trainedObjects).map(({ name }) => name);
    const used = new Set([...some("train", 200), ...some("evaluation", 200)].flatMap(wordsOf));
    const known = new Set([...sceneVocabulary, ...unseen]);
    expect([...used].filter((word) => !known.has(word))).toEqual([]);
    expect(sceneVocabulary.length).toBeLessThan(300);
    expect([...sceneVocabulary]).toEqual([...sceneVocabulary].sort());
    expect(new Set(sceneVocabulary).size).toBe(sceneVocabulary.length);
  });

  test("hold nothing back from training but the order of words", () => {
    const wordings: Wordings[] = [commands, questions, placeWords, relationWords, sizeWords]
      .flatMap((group): Wordings[] => Object.values(group))
      .concat(claims, pointers);
    const wordsIn = (texts: readonly string[]): string[] => texts.join(" ").split(" ");
    const shared = new Set(wordings.flatMap((wording) => wordsIn(wording.shared)));
    const held = wordings.flatMap((wording) => wordsIn(wording.held));
    expect(held.filter((word) => word !== "" && !shared.has(word))).toEqual([]);
  });

  test("name the object in simple ones and hide it in reasoning ones about what is there", () => {
    for (const scene of some("train", 200).filter(({ gone }) => gone >= 0)) {
      const name = sceneObjects[scene.gone]?.name ?? "";
      const isNamed = scene.instruction.split(" ").includes(name);
      expect(isNamed).toBe(scene.kind === "simple");
    }
  });

  test("point at exactly one object of the scene", () => {
    const byCategory = Array.from({ length: 400 }, (_, seed) =>
      composer.compose(seed, "train", { operations: ["remove"], kinds: ["reasoning"] }),
    );
    let colours = 0;
    let categories = 0;
    for (const { instruction, objects, gone } of byCategory) {
      const others = objects
        .filter(({ index }) => index !== gone)
        .map(({ index }) => sceneObjects[index]);
      const colour = /\b(red|orange|yellow|green|blue|purple|pink|brown|black|white|grey)\b/.exec(
        instruction,
      );
      if (colour !== null) {
        colours++;
        expect(sceneObjects[gone]?.colour).toBe(colour[1]);
        expect(others.some((other) => other?.colours.some((c) => c === colour[1]))).toBe(false);
      }
      const category = /\b(fruit|vegetable|vehicle|instrument|clothing|device)\b/.exec(instruction);
      if (category !== null) {
        categories++;
        expect(sceneObjects[gone]?.category).toBe(category[1]);
        expect(others.some((other) => other?.category === category[1])).toBe(false);
      }
      const side =
        / (left|right|top|bottom)(?: side)?(?: (?:away|out of the picture|from the picture|disappear))?$/.exec(
          instruction,
        );
      const corner = / (top|bottom) (left|right)/.exec(instruction);
      if (side !== null && corner === null) {
        const isOn = objects.filter(({ place }) => place.split(" ").includes(side[1] ?? ""));
        expect(isOn.map(({ index }) => index)).toEqual([gone]);
      }
    }
    expect(colours).toBeGreaterThan(15);
    expect(categories).toBeGreaterThan(15);
  });
});

describe("the evaluation split", () => {
  test("pairs objects as training never does", () => {
    const pairs = ({ objects, come }: Scene): boolean => {
      const all = [...objects.map(({ index }) => index), ...(come < 0 ? [] : [come])];
      return all.some((a, i) => all.slice(i + 1).some((b) => isHeldOutPair(a, b)));
    };
    const isCrowded = ({ objects, come }: Scene): boolean =>
      objects.length + (come < 0 ? 0 : 1) > 1;
    expect(some("train", 200).some(pairs)).toBe(false);
    const isKnown = ({ objects }: Scene): boolean =>
      objects.every(({ index }) => index < trainedObjects);
    const crowded = some("evaluation", 200).filter((scene) => isCrowded(scene) && isKnown(scene));
    expect(crowded.every(pairs)).toBe(true);
  });

  test("removes objects that training never shows, half of the time by reasoning", () => {
    const isUnseen = ({ objects }: Scene): boolean =>
      objects.some(({ index }) => index >= trainedObjects);
    expect(some("train", 200).some(isUnseen)).toBe(false);
    const options = { operations: ["remove"], kinds: ["reasoning"] } as const;
    const removals = Array.from({ length: 60 }, (_, seed) =>
      composer.compose(seed, "evaluation", options),
    );
    const unseen = removals.filter(({ gone }) => gone >= trainedObjects);
    expect(unseen.length).toBeGreaterThan(15);
    expect(unseen.length).toBeLessThan(45);
  });

  test("paints hues that training never shows for a pattern", () => {
    for (let seed = 0; seed < 60; seed++) {
      for (const split of ["train", "evaluation"] as const) {
        const { pattern, hueSector } = paintBackground(createRandom(seed, 9), split, 8);
        expect(isHeldOutHue(pattern, hueSector)).toBe(split === "evaluation");
      }
    }
  });

  test("uses wordings that training never uses for half of its edits", () => {
    const skeleton = ({ instruction }: Scene): string =>
      instruction.replace(
        new RegExp(`\\b(${sceneObjects.map(({ name }) => name).join("|")})\\b`, "g"),
        "_",
      );
    const taught = new Set(some("train", 500).map(skeleton));
    const scenes = some("evaluation", 150).filter(({ kind }) => kind === "simple");
    const unseen = scenes.filter((scene) => !taught.has(skeleton(scene))).length / scenes.length;
    expect(unseen).toBeGreaterThan(0.35);
  });

  test("has 300 fixed edits, balanced, that stay as they are for ever", () => {
    const scenes = Array.from({ length: heldOutCount }, (_, index) => composer.heldOut(index));
    for (const operation of ["remove", "add", "replace", "recolor"] as const) {
      const own = scenes.filter((scene) => scene.operation === operation);
      expect(own.length).toBe(75);
      expect(own.filter(({ kind }) => kind === "reasoning").length).toBe(25);
    }
    expect(new Set(scenes.map(({ source }) => digest(source.data))).size).toBe(heldOutCount);
    const meaning = scenes.map(({ instruction, objects, targetObjects }) => [
      instruction,
      objects.map(({ index, box }) => [index, box]),
      targetObjects.map(({ index, box }) => [index, box]),
    ]);
    expect(digest(Buffer.from(JSON.stringify(meaning)))).toBe("0c0ccbeea164e5f6");
    expect(() => composer.heldOut(300)).toThrow("0 to 299");
  });
});

describe("varied scenes", () => {
  const heldWordings = [...Object.values(placeWords), ...Object.values(commands)].flatMap(
    ({ held }) => held,
  );
  let varied: SceneComposer;
  let scenes: readonly Scene[];
  beforeAll(async () => {
    varied = await openSceneComposer(1);
    scenes = Array.from({ length: 200 }, (_, seed) => varied.compose(seed, "train"));
  });

  test("leave the grid, and many stand upright", () => {
    const centres = new Set(scenes.flatMap(({ objects }) => objects.map(({ centre }) => centre.x)));
    expect(centres.size).toBeGreaterThan(70);
    for (const { objects } of scenes) {
      for (const { place, centre } of objects) {
        const column = ["left", "", "right"][Math.floor((centre.x * 3) / sceneSize)] ?? "";
        expect(place.endsWith(column)).toBe(true);
      }
    }
  });

  test("are punctuated in half of the cases, in words of the vocabulary, none held out", () => {
    const texts = scenes.map(({ instruction }) => instruction);
    const plain = texts.map((text) => text.replace(/[.!]$/, "").toLowerCase());
    const words = new Set(plain.flatMap((text) => text.split(" ")));
    expect([...words].filter((word) => !sceneVocabulary.includes(word))).toEqual([]);
    expect(texts.filter((text) => /^[A-Z]/.test(text)).length).toBeGreaterThan(60);
    expect(texts.filter((text) => text.endsWith(".")).length).toBeGreaterThan(60);
    const ended = plain.flatMap((text) => heldWordings.filter((held) => text.endsWith(` ${held}`)));
    expect(ended).toEqual([]);
  });

  test("show no object, pair or hue that training never shows", () => {
    for (const { objects, come } of scenes) {
      const all = [...objects.map(({ index }) => index), ...(come < 0 ? [] : [come])];
      expect(all.every((index) => index < trainedObjects)).toBe(true);
      expect(all.some((a, i) => all.slice(i + 1).some((b) => isHeldOutPair(a, b)))).toBe(false);
    }
    for (let seed = 0; seed < 30; seed++) {
      const { pattern, hueSector } = paintBackground(createRandom(seed, 9), "train", 8, true);
      expect(isHeldOutHue(pattern, hueSector)).toBe(false);
    }
  });

  test("leave the held-out edits as they are", () => {
    for (const index of [0, 1, 2, 3])
      expect(varied.heldOut(index)).toEqual(composer.heldOut(index));
  });

  test("are as many of all scenes as is asked for", async () => {
    const half = await openSceneComposer(0.5);
    const differing = Array.from({ length: 100 }, (_, seed) => half.compose(seed, "train")).filter(
      ({ instruction, objects }) =>
        /[.A-Z!]/.test(instruction) ||
        objects.some(({ centre }) => Math.abs((centre.x % 39) - 25) > 4),
    );
    expect(differing.length).toBeGreaterThan(25);
    expect(differing.length).toBeLessThan(75);
  });
});

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

function sharedArea(a: Box, b: Box): number {
  const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return Math.max(0, across) * Math.max(0, down);
}

import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { isHeldOutHue, paintBackground } from "./data/backgrounds.ts";
import { isHeldOutPair } from "./data/layout.ts";
import { createRandom } from "./data/random.ts";
import {
  heldOutCount,
  openSceneComposer,
  type Scene,
  type SceneComposer,
  sceneObjects,
  sceneVocabulary,
} from "./scenes.ts";

let composer: SceneComposer;
beforeAll(async () => {
  composer = await openSceneComposer();
});

const some = (split: "train" | "evaluation", count: number): Scene[] =>
  Array.from({ length: count }, (_, seed) => composer.compose(seed, split));

describe("composing", () => {
  it("gives the same bytes for the same seed, also from another composer", async () => {
    const other = await openSceneComposer();
    for (const seed of [0, 1, 77, 2 ** 31, 2 ** 40 + 3]) {
      expect(other.compose(seed, "train")).toEqual(composer.compose(seed, "train"));
    }
    const pictures = new Set(some("train", 50).map(({ source }) => digest(source.data)));
    expect(pictures.size).toBe(50);
  });

  it("marks exactly the changed pixels", () => {
    for (const scene of some("train", 200)) {
      const changed = Array.from(scene.mask, (_, i) =>
        [0, 1, 2].some((c) => scene.source.data[i * 3 + c] !== scene.target.data[i * 3 + c])
          ? 1
          : 0,
      );
      expect([...scene.mask]).toEqual(changed);
      const count = changed.filter((value) => value === 1).length;
      expect(count).toBeGreaterThan(100);
      expect(count).toBeLessThan(64 * 64 * 0.4);
    }
  });

  it("changes nothing far from the objects of the edit", () => {
    for (const scene of some("evaluation", 200)) {
      const stays = scene.objects.filter(({ index }) => index !== scene.gone);
      const moved = [...scene.objects, ...scene.targetObjects].filter(
        ({ index }) => index === scene.gone || index === scene.come,
      );
      expect(scene.targetObjects.filter(({ index }) => index !== scene.come)).toEqual(stays);
      for (const [i, value] of scene.mask.entries()) {
        if (value === 0) continue;
        const x = i % 64;
        const y = Math.floor(i / 64);
        const isNear = moved.some(
          ({ box }) =>
            x >= box.left - 2 &&
            x < box.left + box.width + 2 &&
            y >= box.top &&
            y < box.top + box.height + 4,
        );
        expect(isNear).toBe(true);
      }
    }
  });

  it("leaves the clean background where a lone object is removed", () => {
    const lone = Array.from({ length: 400 }, (_, seed) =>
      composer.compose(seed, "train", { operations: ["remove"], kinds: ["simple"] }),
    ).filter(({ objects }) => objects.length === 1);
    expect(lone.length).toBeGreaterThan(50);
    for (const { target, targetCaption } of lone) {
      expect(targetCaption).toBe("an empty scene");
      expect(largestStep(target.data)).toBeLessThan(40);
    }
  });

  it("keeps objects apart, whole and at most three", () => {
    for (const scene of some("train", 300)) {
      for (const list of [scene.objects, scene.targetObjects]) {
        expect(list.length).toBeLessThanOrEqual(3);
        expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
        for (const [i, { box }] of list.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.left + box.width).toBeLessThanOrEqual(64);
          expect(box.top + box.height).toBeLessThanOrEqual(64);
          expect([22, 24, 26, 28]).toContain(Math.max(box.width, box.height));
          for (const { box: other } of list.slice(i + 1)) {
            const isApart =
              box.left + box.width < other.left ||
              other.left + other.width < box.left ||
              box.top + box.height < other.top ||
              other.top + other.height < box.top;
            expect(isApart).toBe(true);
          }
        }
      }
    }
  });

  it("puts an added object where the instruction says, 26 px large", () => {
    for (let seed = 0; seed < 200; seed++) {
      const scene = composer.compose(seed, "train", { operations: ["add"], kinds: ["simple"] });
      const come = scene.targetObjects.find(({ index }) => index === scene.come);
      const placeWord = come?.place === "middle" ? /middle|center/ : new RegExp(come?.place ?? "");
      expect(scene.instruction).toMatch(placeWord);
      expect(scene.instruction).toContain(come?.name);
      expect(Math.max(come?.box.width ?? 0, come?.box.height ?? 0)).toBe(26);
      expect([13, 32, 51]).toContain(come?.centre.x);
    }
  });

  it("replaces at the same centre with the same larger side", () => {
    for (let seed = 0; seed < 200; seed++) {
      const scene = composer.compose(seed, "train", { operations: ["replace"] });
      const gone = scene.objects.find(({ index }) => index === scene.gone);
      const come = scene.targetObjects.find(({ index }) => index === scene.come);
      expect(come?.centre).toEqual(gone?.centre);
      const side = (box = gone?.box): number => Math.max(box?.width ?? 0, box?.height ?? 0);
      expect(side(come?.box)).toBe(side());
    }
  });

  it("shares out operations and kinds as promised", () => {
    const scenes = some("train", 1500);
    for (const operation of ["remove", "add", "replace"]) {
      const share = scenes.filter((scene) => scene.operation === operation).length / scenes.length;
      expect(share).toBeGreaterThan(0.28);
      expect(share).toBeLessThan(0.38);
    }
    const reasoning = scenes.filter(({ kind }) => kind === "reasoning").length / scenes.length;
    expect(reasoning).toBeGreaterThan(0.2);
    expect(reasoning).toBeLessThan(0.3);
  });
});

describe("instructions", () => {
  it("use only the vocabulary, and training teaches every word of it that evaluation uses", () => {
    const wordsOf = ({ instruction, caption, targetCaption }: Scene): string[] =>
      `${instruction} ${caption} ${targetCaption}`.split(" ");
    const taught = new Set(some("train", 4000).flatMap(wordsOf));
    const asked = new Set(some("evaluation", 2000).flatMap(wordsOf));
    expect([...asked].filter((word) => !taught.has(word))).toEqual([]);
    expect([...taught].filter((word) => !sceneVocabulary.includes(word))).toEqual([]);
    expect(sceneVocabulary.length).toBeLessThan(200);
    expect([...sceneVocabulary]).toEqual([...sceneVocabulary].sort());
    expect(new Set(sceneVocabulary).size).toBe(sceneVocabulary.length);
  });

  it("name the object in simple ones and hide it in reasoning ones about what is there", () => {
    for (const scene of some("train", 600).filter(({ gone }) => gone >= 0)) {
      const name = sceneObjects[scene.gone]?.name ?? "";
      const isNamed = scene.instruction.split(" ").includes(name);
      expect(isNamed).toBe(scene.kind === "simple");
    }
  });

  it("point at exactly one object of the scene", () => {
    const byCategory = Array.from({ length: 3000 }, (_, seed) =>
      composer.compose(seed, "train", { operations: ["remove"], kinds: ["reasoning"] }),
    );
    let colours = 0;
    let categories = 0;
    for (const { instruction, objects, gone } of byCategory) {
      const others = objects
        .filter(({ index }) => index !== gone)
        .map(({ index }) => sceneObjects[index]);
      const colour = /\b(red|orange|yellow|green|blue|purple|pink|brown|black|white)\b/.exec(
        instruction,
      );
      if (colour !== null) {
        colours++;
        expect(sceneObjects[gone]?.colour).toBe(colour[1]);
        expect(others.some((other) => other?.colours.some((c) => c === colour[1]))).toBe(false);
      }
      const category = /\b(food|animal|vehicle|plant|instrument|clothing)\b/.exec(instruction);
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
    expect(colours).toBeGreaterThan(100);
    expect(categories).toBeGreaterThan(100);
  });
});

describe("the evaluation split", () => {
  it("pairs objects as training never does", () => {
    const pairs = ({ objects, come }: Scene): boolean => {
      const all = [...objects.map(({ index }) => index), ...(come < 0 ? [] : [come])];
      return all.some((a, i) => all.slice(i + 1).some((b) => isHeldOutPair(a, b)));
    };
    const isCrowded = ({ objects, come }: Scene): boolean =>
      objects.length + (come < 0 ? 0 : 1) > 1;
    expect(some("train", 500).some(pairs)).toBe(false);
    expect(some("evaluation", 500).filter(isCrowded).every(pairs)).toBe(true);
  });

  it("paints hues that training never shows for a pattern", () => {
    for (let seed = 0; seed < 200; seed++) {
      for (const split of ["train", "evaluation"] as const) {
        const { pattern, hueSector } = paintBackground(createRandom(seed, 9), split, 8);
        expect(isHeldOutHue(pattern, hueSector)).toBe(split === "evaluation");
      }
    }
  });

  it("words half of its edits as training never does", () => {
    const skeleton = ({ instruction }: Scene): string =>
      instruction.replace(
        new RegExp(`\\b(${sceneObjects.map(({ name }) => name).join("|")})\\b`, "g"),
        "_",
      );
    const taught = new Set(some("train", 3000).map(skeleton));
    const scenes = some("evaluation", 500).filter(({ kind }) => kind === "simple");
    const unseen = scenes.filter((scene) => !taught.has(skeleton(scene))).length / scenes.length;
    expect(unseen).toBeGreaterThan(0.35);
  });

  it("has 300 fixed edits, balanced, that stay as they are for ever", () => {
    const scenes = Array.from({ length: heldOutCount }, (_, index) => composer.heldOut(index));
    for (const operation of ["remove", "add", "replace"] as const) {
      const own = scenes.filter((scene) => scene.operation === operation);
      expect(own.length).toBe(100);
      expect(own.filter(({ kind }) => kind === "reasoning").length).toBe(25);
    }
    expect(new Set(scenes.map(({ source }) => digest(source.data))).size).toBe(heldOutCount);
    const meaning = scenes.map(({ instruction, objects, targetObjects }) => [
      instruction,
      objects.map(({ index, box }) => [index, box]),
      targetObjects.map(({ index, box }) => [index, box]),
    ]);
    expect(digest(Buffer.from(JSON.stringify(meaning)))).toBe("9b4affc0c5162686");
    expect(() => composer.heldOut(300)).toThrow("0 to 299");
  });
});

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** Largest difference of neighbouring values along rows. */
function largestStep(data: Uint8Array): number {
  let largest = 0;
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 63 * 3; x++) {
      const at = y * 192 + x;
      largest = Math.max(largest, Math.abs((data[at] ?? 0) - (data[at + 3] ?? 0)));
    }
  }
  return largest;
}

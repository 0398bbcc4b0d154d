import { expect, test } from "vitest";
import { openSceneComposer } from "../scenes.ts";
import { paintGallery } from "./draw-gallery.ts";

test("draws source, result and target of each edit in a row", async () => {
  const composer = await openSceneComposer();
  const scenes = [0, 1, 2, 3].map((index) => composer.heldOut(index));
  const edits = scenes.map((scene) => ({ ...scene, result: scene.target }));
  const { width, height, data } = await paintGallery(edits);
  expect([width, height]).toEqual([3 * 420, 2 * 168 + 6]);
  const at = (x: number, y: number): number[] => [
    ...data.subarray((y * width + x) * 3).subarray(0, 3),
  ];
  // The first scene's result is its target, so the second picture equals the third.
  expect(at(6 + 134 + 64, 70)).toEqual(at(6 + 268 + 64, 70));
});

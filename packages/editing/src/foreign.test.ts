import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { foreignCount, openForeignScenes } from "./foreign.ts";

const scenes = await openForeignScenes();
const some = await Promise.all(Array.from({ length: 80 }, (_, index) => scenes.at(index)));

test("draws a quarter of the scenes for each operation, most of them by name", () => {
  for (const [at, operation] of ["remove", "add", "replace", "recolor"].entries()) {
    expect(some.filter((scene) => scene.operation === operation)).toHaveLength(20);
    expect(some[at]?.operation).toBe(operation);
  }
  const pointed = some.filter(({ kind }) => kind === "reasoning");
  expect(pointed.length).toBeGreaterThan(8);
  expect(pointed.length).toBeLessThan(40);
  for (const { instruction } of pointed)
    expect(instruction).toMatch(/the (object|thing) (on|in|at)/);
});

test("marks exactly the pixels that differ, enough of them to be seen", () => {
  for (const { source, target, mask } of some) {
    const changed = Array.from(mask, (_, at) =>
      [0, 1, 2].some((c) => source.data[at * 3 + c] !== target.data[at * 3 + c]) ? 1 : 0,
    );
    expect([...mask]).toEqual(changed);
    expect(changed.filter((value) => value === 1).length).toBeGreaterThanOrEqual(200);
  }
});

test("always draws the same", async () => {
  const again = await scenes.at(7);
  expect(again).toEqual(some[7]);
  const words = some.map(({ instruction }) => instruction).join("\n");
  expect(createHash("sha256").update(words).digest("hex").slice(0, 16)).toBe("448896aba9527c8d");
});

test("has so many scenes and no more", async () => {
  await expect(scenes.at(foreignCount - 1)).resolves.toMatchObject({ operation: "recolor" });
  await expect(scenes.at(foreignCount)).rejects.toThrow("0 to 199");
});

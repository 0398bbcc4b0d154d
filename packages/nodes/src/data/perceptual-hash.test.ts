import { expect, test } from "vitest";
import { flat, plainRun } from "../plain-run.fixture.ts";
import { dataPerceptualHash } from "./perceptual-hash.ts";

test("gives 16 digits, for one pixel too", async () => {
  for (const image of [flat(1, 1, 9, 9, 9), flat(40, 30, 9, 9, 9)]) {
    const { hash } = await dataPerceptualHash.run({ image }, {}, plainRun);
    expect(hash).toMatch(/^[\da-f]{16}$/);
  }
});

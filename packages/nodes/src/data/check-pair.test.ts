import { expect, test } from "vitest";
import { flat, plainRun } from "../plain-run.fixture.ts";
import { dataCheckPair } from "./check-pair.ts";

const params = { outside: 1, inside: 4, leastArea: 0.01, mostArea: 0.6, sharpness: 0 };

test("gives what it measured and one line a fault", async () => {
  const [source, target] = [flat(10, 10, 0, 0, 0), flat(10, 10, 3, 3, 3)];
  const mask = { width: 10, height: 10, data: new Uint8Array(100).fill(255, 0, 20) };
  const check = await dataCheckPair.run({ source, target, mask }, params, plainRun);
  expect(check).toEqual({
    ...{ passes: false, outside: 3, inside: 3, area: 0.2, sharpness: 0 },
    faults: "the background changed by 3.00 on average\ninside the mask only 3.00 changed",
  });
  const lenient = { ...params, outside: 9, inside: 1 };
  expect(await dataCheckPair.run({ source, target, mask }, lenient, plainRun)).toMatchObject({
    passes: true,
    faults: "",
  });
});

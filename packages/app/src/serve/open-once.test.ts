import { expect, test } from "vitest";
import { openOnce } from "./open-once.ts";

test("is opened once, again after a failure, and closed only if it was opened", async () => {
  let [starts, closes] = [0, 0];
  const once = openOnce(async () => {
    if (++starts === 1) throw new Error("not yet");
    return { close: () => void closes++ };
  });
  await once.close();
  expect([starts, closes]).toEqual([0, 0]);
  await expect(once.open()).rejects.toThrow("not yet");
  await once.close();
  const [one, two] = await Promise.all([once.open(), once.open()]);
  expect(two).toBe(one);
  await once.close();
  expect([starts, closes]).toEqual([2, 1]);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { doublingModel } from "./doubling-model.ts";
import { openSession } from "./session.ts";

test("a profile, where one is asked for, names every operator that ran", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "profile-"));
  const session = await openSession(doublingModel("Mul"), {
    profilePrefix: path.join(folder, "mul"),
  });
  await session.run({ x: { dtype: "float32", shape: [2], data: Float32Array.of(3, 4) } });
  await session.close();
  const [file = ""] = readdirSync(folder);
  expect(file).toMatch(/^mul.*\.json$/);
  expect(readFileSync(path.join(folder, file), "utf8")).toContain('"op_name" : "Mul"');
  rmSync(folder, { recursive: true });
});

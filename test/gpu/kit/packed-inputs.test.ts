import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { packedInputs } from "./packed-inputs.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const scripts = Object.keys(packedInputs).filter((file) => file.endsWith(".py"));

test.each(scripts)("what %s imports of the project is packed", (script) => {
  const source = readFileSync(path.join(root, script), "utf8");
  const imported = [...source.matchAll(/^(?:from|import) (\w+)/gm)].map(
    ([, name]) => `test/parity/${name}.py`,
  );
  const own = imported.filter((file) => existsSync(path.join(root, file)));
  expect(Object.keys(packedInputs)).toEqual(expect.arrayContaining(own));
});

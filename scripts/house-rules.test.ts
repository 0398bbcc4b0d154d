import { expect, test } from "vitest";
import { houseFaults } from "./house-rules.ts";

const node = (type: string, name = "textA"): string =>
  `export const ${name} = defineNode({\n  type: "${type}",\n});\n`;
const documented = "/** Shapes: x. Source: y. */\n";

function faultsOf(files: Readonly<Record<string, string>>): string[] {
  return houseFaults(new Map(Object.entries(files)));
}

test.each([
  ["a file that is too long", { "packages/app/src/a.ts": "x\n".repeat(401) }, "401 lines"],
  ["a name that says nothing", { "packages/app/src/utils.ts": "" }, '"utils" says nothing'],
  [
    "a node without a test",
    { "packages/nodes/src/text/a.ts": node("text.a") },
    "a.test.ts is missing",
  ],
  [
    "a layer without a test",
    { "packages/models/src/layers/a.ts": documented },
    "a.test.ts is missing",
  ],
  ["a block without shapes", { "packages/models/src/blocks/a.ts": "Source:" }, 'no "Shapes:"'],
  [
    "an id that is not kebab",
    {
      "packages/nodes/src/text/A.ts": node("text.A"),
      "packages/nodes/src/text/A.test.ts": "",
    },
    "lower kebab",
  ],
  [
    "an id that is taken",
    {
      "packages/nodes/src/text/a.ts": `${node("text.a")}${node("text.a")}`,
      "packages/nodes/src/text/a.test.ts": "",
    },
    "is defined in packages/nodes/src/text/a.ts as well",
  ],
  [
    "a node in another place than its id says",
    {
      "packages/nodes/src/text/b.ts": node("text.a"),
      "packages/nodes/src/text/b.test.ts": "",
    },
    'its type "text.a" belongs elsewhere',
  ],
  [
    "a node under another name than its id says",
    {
      "packages/nodes/src/text/from-number.ts": node("text.from-number", "numberText"),
      "packages/nodes/src/text/from-number.test.ts": "",
    },
    'export "text.from-number" as textFromNumber',
  ],
  [
    "a picture that knows a model",
    { "packages/editing/src/pictures/a.ts": 'import type { X } from "../architectures/b.ts";' },
    "pictures/ may not import architectures",
  ],
  [
    "a scene that trains",
    { "packages/editing/src/scenes/a.ts": 'import { x } from "../training.ts";' },
    "scenes/ may not import training",
  ],
  [
    "editing that knows the engine",
    { "packages/editing/src/scenes/a.ts": 'import { x } from "@insightgraph/engine/node";' },
    "may not import @insightgraph/engine/node",
  ],
  [
    "a category of nodes that knows another",
    { "packages/nodes/src/mask/a.ts": 'import { x } from "../generation/b.ts";' },
    "mask/ may not import generation",
  ],
  [
    "a folder that the table lacks",
    { "packages/editing/src/heap/a.ts": "" },
    "the table of imports has no folder heap",
  ],
  [
    "node:fs in what browsers run",
    { "packages/engine/src/graph/a.ts": 'import { x } from "node:fs";' },
    "may not import node:fs",
  ],
  [
    "an import to the right",
    { "packages/engine/src/execute/a.ts": 'import type {\n  X,\n} from "../server/b.ts";' },
    "execute/ may not import server",
  ],
  [
    "panels that know the canvas",
    { "packages/editor-ui/src/panels/a.tsx": 'import type { X } from "../canvas/b.ts";' },
    "panels/ may not import canvas",
  ],
  [
    "a document that knows the state",
    { "packages/editor-ui/src/document/a.ts": 'import type { X } from "../state/b.ts";' },
    "document/ may not import state",
  ],
  [
    "a folder that imports the root of the page",
    { "packages/editor-ui/src/panels/a.tsx": 'import { App } from "../app.tsx";' },
    "panels/ may not import app.tsx",
  ],
  [
    "a folder of the page without a rule",
    { "packages/editor-ui/src/extras/a.ts": "" },
    "has no folder extras",
  ],
  [
    "a circle of types",
    {
      "packages/app/src/a.ts": 'import type { B } from "./b.ts";',
      "packages/app/src/b.ts": 'import {\n  type C,\n} from "./folder/c.ts";',
      "packages/app/src/folder/c.ts": 'export type { A } from "../a.ts";',
    },
    "packages/app/src/a.ts -> packages/app/src/b.ts -> packages/app/src/folder/c.ts -> packages/app/src/a.ts",
  ],
  [
    "an import of app",
    { "packages/nodes/src/a.ts": 'import { x } from "@insightgraph/app";' },
    "may not import @insightgraph/app",
  ],
  [
    "a path into another package",
    { "packages/nodes/src/a.ts": 'import { x } from "../../models/src/b.ts";' },
    "outside its package",
  ],
  [
    "ONNX Runtime elsewhere",
    { "packages/app/src/a.ts": 'import * as ort from "onnxruntime-node";' },
    "only engine/runtime",
  ],
  ["export *", { "packages/app/src/a.ts": 'export * from "./b.ts";' }, "`export *`"],
  [
    "an error code that SPEC.md does not tell",
    { "packages/engine/src/errors.ts": '  | "a.b"\n', "packages/engine/SPEC.md": "" },
    "SPEC.md lacks a.b",
  ],
  [
    "an export without a doc comment",
    { "packages/toy/src/a.ts": "/** A. */\nexport const a = 1;\nexport async function b() {}\n" },
    "packages/toy/src/a.ts: export b has no doc comment",
  ],
  [
    "a rule without a test",
    { "packages/engine/SPEC.md": "- **C4** It holds.\n", "packages/engine/src/a.test.ts": "[C4]" },
    "no test cites rule C4",
  ],
  [
    "a cited id without a rule",
    {
      "packages/engine/SPEC.md": "- **C4** It holds.\n",
      "packages/engine/src/a.test.ts": 'test("[C4] [C5] [H, W] holds", f);',
    },
    "packages/engine/src/a.test.ts: cites C5, which SPEC.md lacks",
  ],
])("finds %s", (_name, files, fault) => {
  const faults = faultsOf(files);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
});

test("finds nothing in sources that keep the rules", () => {
  expect(
    faultsOf({
      "packages/nodes/src/text/a.ts": `import { defineNode } from "@insightgraph/engine/node";\n${node("text.a")}`,
      "packages/nodes/src/text/a.test.ts": 'import { x } from "@insightgraph/engine/execute";',
      "packages/editor-ui/src/panels/a.tsx": 'import { x } from "../fields/b.tsx";',
      "packages/editor-ui/src/panels/b.test.ts": 'import { x } from "../canvas/b.ts";',
      "packages/editor-ui/src/app.tsx": 'import { x } from "./canvas/b.ts";',
      "packages/engine/src/server/a.ts": 'import { x } from "../graph/b.ts";\nimport "node:http";',
      "packages/models/src/blocks/a.ts": `${documented}import { x } from "../layers/b.ts";`,
      "packages/engine/SPEC.md": "- **C4** It holds.\n- A rule without an id.\n",
      "packages/engine/src/a.test.ts": 'test.each([1])("[C4] holds for %i", f);',
    }),
  ).toEqual([]);
});

import { expect, test } from "vitest";
import { aliases } from "../../packages/editor-ui/src/document/aliases.ts";
import { rankItems } from "../../packages/editor-ui/src/document/rank-items.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const types = Object.values(createRegistry(nodes).catalogue);
const items = types.map(({ type, title, category, doc }) => ({ id: type, title, category, doc }));

test("what people type finds the node they mean", () => {
  const wanted = [
    ["rsz", "image.resize"],
    ["resise", "image.resize"],
    ["ksampler", "generation.sample"],
    ["open", "image.load"],
    ["export", "image.save"],
    ["erase", "data.inpaint-remove"],
  ] as const;
  for (const [query, type] of wanted) {
    expect(
      rankItems(items, query)
        .slice(0, 3)
        .map(({ id }) => id),
      query,
    ).toContain(type);
  }
});

test("other words stand for nodes that exist", () => {
  const known = new Set(types.map(({ type }) => type));
  expect(Object.keys(aliases).filter((type) => !known.has(type))).toEqual([]);
});

import { expect, test } from "vitest";
import { catalogueNamesOf } from "../../packages/editor-ui/src/messages/catalogue-names.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const specs = Object.values(createRegistry(nodes).catalogue);
const chinese = catalogueNamesOf["zh-CN"];
const namesOf = specs.flatMap(({ inputs, params, outputs }) =>
  [inputs, params, outputs].flatMap((named) => Object.keys(named)),
);

test.each([
  ["node type", chinese?.titles, specs.map(({ type }) => type)],
  ["category", chinese?.categories, specs.map(({ category }) => category)],
  ["port and param", chinese?.ports, namesOf],
])("every %s that ships has a Chinese name, and nothing else has", (_kind, names, used) => {
  expect(Object.keys(names ?? {}).sort()).toEqual([...new Set(used)].sort());
  for (const name of Object.values(names ?? {})) expect(name).toMatch(/\p{Script=Han}/u);
});

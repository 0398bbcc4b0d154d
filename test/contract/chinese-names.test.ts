import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { catalogueNamesOf } from "../../packages/editor-ui/src/messages/catalogue-names.ts";
import { chineseDocs } from "../../packages/editor-ui/src/messages/docs/docs-chinese.ts";
import { translateCatalogue } from "../../packages/editor-ui/src/messages/translate-catalogue.ts";
import {
  innermostOf,
  isVariable,
  type NodeTypeSpec,
  parseGraph,
} from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const { catalogue } = createRegistry(nodes);
const specs = Object.values(catalogue);
const chinese = catalogueNamesOf["zh-CN"];
const namesOf = specs.flatMap(({ inputs, params, outputs }) =>
  [inputs, params, outputs].flatMap((named) => Object.keys(named)),
);
const portTypes = specs
  .flatMap(({ inputs, outputs }) => [...Object.values(inputs), ...Object.values(outputs)])
  .map(({ type }) => innermostOf(type))
  .filter((type) => !isVariable(type));
const graphs = fileURLToPath(new URL("../../graphs/", import.meta.url));
/** What the graphs that ship ask for and give by name; names of metrics, which have spaces, are the same everywhere. */
const namesOfGraphs = readdirSync(graphs)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => {
    const { inputs, outputs } = parseGraph(readFileSync(`${graphs}${file}`, "utf8"));
    return [inputs, outputs].flatMap((named) => Object.keys(named ?? {}));
  })
  .filter((name) => !name.includes(" "));
const options = specs.flatMap(({ params }) =>
  Object.values(params).flatMap((param) => (param.kind === "choice" ? param.options : [])),
);
/** Methods, formats, models and published sets. */
const sameEverywhere = new Set(
  `lanczos3 lanczos2 mitchell xyxy xywh json int8 insightedit smartedit ddim ddpm pndm euler euler-ancestral
  dpm-solver++ unipc flux2-klein advancededit-eval reason-edit gedit imgedit-basic imgedit-uge magicbrush
  emu-edit pie-bench wilcoxon mcnemar mini nano q-former`.split(/\s+/),
);

test.each([
  ["node type", chinese?.titles, specs.map(({ type }) => type)],
  ["category", chinese?.categories, specs.map(({ category }) => category)],
  ["port and param", chinese?.ports, [...namesOf, ...namesOfGraphs]],
  ["port type", chinese?.types, portTypes],
  ["option", chinese?.options, options.filter((option) => !sameEverywhere.has(option))],
])("every %s that ships has a Chinese name, and nothing else has", (_kind, names, used) => {
  expect(Object.keys(names ?? {}).sort()).toEqual([...new Set(used)].sort());
  for (const name of Object.values(names ?? {})) expect(name).toMatch(/\p{Script=Han}/u);
});

/** Every description of a node type, by the key that its translation has. */
function docsOf({ doc, inputs, params, outputs }: NodeTypeSpec): (readonly [string, string])[] {
  const docs = (ports: Readonly<Record<string, { readonly doc: string }>>, mark = "") =>
    Object.entries(ports).map(([name, port]) => [`${mark}${name}`, port.doc] as const);
  return [["doc", doc], ...docs(inputs), ...docs(params), ...docs(outputs, ">")];
}

const typesOfDoc = new Map<string, Set<string>>();
for (const spec of specs) {
  for (const [, doc] of docsOf(spec)) {
    typesOfDoc.set(doc, (typesOfDoc.get(doc) ?? new Set()).add(spec.type));
  }
}
const isShared = (doc: string) => (typesOfDoc.get(doc)?.size ?? 0) > 1;

test("every description that ships has a Chinese one, and nothing else has", () => {
  const own = specs.flatMap((spec) =>
    docsOf(spec).flatMap(([key, doc]) => (isShared(doc) ? [] : `${spec.type} ${key}`)),
  );
  const written = Object.entries(chineseDocs.byType).flatMap(([type, docs]) =>
    Object.keys(docs).map((key) => `${type} ${key}`),
  );
  expect(written.sort()).toEqual(own.sort());
  const shared = [...typesOfDoc.keys()].filter(isShared);
  expect(Object.keys(chineseDocs.shared).sort()).toEqual(shared.sort());
});

const told = translateCatalogue(catalogue, { titleOf: () => undefined, docs: chineseDocs });

test("the Chinese page describes every node type, port and param in Chinese", () => {
  const untold = Object.values(told).flatMap((spec) =>
    docsOf(spec).filter(([, doc]) => /[a-z]{3}/i.test(doc) && !/\p{Script=Han}/u.test(doc)),
  );
  expect(untold.map(([, doc]) => doc)).toEqual([]);
});

test("a description's numbers and placeholders are in its Chinese one", () => {
  for (const spec of specs) {
    const english = new Map(docsOf(spec));
    for (const [key, doc] of docsOf(told[spec.type] ?? spec)) {
      for (const [part] of (english.get(key) ?? "").matchAll(/\d+(\.\d+)?|#rrggbb|\{\w\}/g)) {
        expect(doc, `${spec.type} ${key}`).toContain(part);
      }
    }
  }
});

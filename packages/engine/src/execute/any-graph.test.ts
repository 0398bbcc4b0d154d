import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import { EngineError } from "../errors.ts";
import type { GraphDocument, GraphNode, Link } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { validateGraph } from "../graph/validate-graph.ts";
import { observe, registry } from "./run.fixture.ts";

const { catalogue } = registry;
const types = Object.keys(catalogue).concat("graph:inner");

interface Choice {
  readonly type: string;
  /** For each input and param in turn: which earlier node, and which of its outputs. */
  readonly sources: readonly (readonly [node: number, output: number])[];
  readonly params: readonly number[];
}

const pair = fc.tuple(fc.nat(40), fc.nat(3));
const choice: fc.Arbitrary<Choice> = fc.record({
  type: fc.constantFrom(...types),
  sources: fc.array(pair, { minLength: 6, maxLength: 6 }),
  params: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
});

const values: Readonly<Record<string, readonly (string | number | boolean)[]>> = {
  text: ["a", "b,c", "bad", ""],
  number: [0, 1, 2, 3],
  integer: [0, 1, 2, 3],
  boolean: [true, false, true, false],
};

/** A graph whose nodes take from those before them; links that do not fit are left out. */
function build(choices: readonly Choice[], isInner: boolean): Record<string, GraphNode> {
  const inner = isInner ? { inputs: { text: { type: "text" } } } : { graphs };
  const nodes: Record<string, GraphNode> = {};
  const ends: Link[] = isInner ? [{ node: "$inputs", output: "text" }] : [];
  for (const [at, { type, sources, params }] of choices.entries()) {
    const spec = catalogue[type];
    if (isInner && spec === undefined) continue;
    const kinds = Object.entries(spec?.params ?? {});
    const settings = kinds.map(([name, { kind }], index) => [
      name,
      values[kind]?.[params[index % params.length] ?? 0] ?? 0,
    ]);
    const id = `n${at}`;
    let node: GraphNode = { type, version: 1, params: Object.fromEntries(settings) };
    const names =
      spec === undefined ? ["text"] : [...Object.keys(spec.inputs), ...kinds.map(([n]) => n)];
    const fits = (name: string, link: Link): boolean => {
      const linked = { ...node, inputs: { ...node.inputs, [name]: link } };
      const all = { ...nodes, [id]: linked };
      const graph = { format: "insightgraph", version: 1, ...inner, nodes: all };
      const faults = validateGraph(graph as GraphDocument, catalogue);
      const isFault = ({ code, path }: Issue): boolean =>
        code === "graph.port-type" && path === `inputs.${name}`;
      return !faults.some(isFault);
    };
    let isWhole = true;
    for (const [index, name] of names.entries()) {
      const [which = 0] = sources[index % sources.length] ?? [];
      const isRequired = spec === undefined || spec.inputs[name]?.optional === undefined;
      const isNeeded = isRequired && spec?.params[name] === undefined;
      if (!isNeeded && which % 2 === 0) continue;
      const from = which % Math.max(1, ends.length);
      const link = [...ends.slice(from), ...ends.slice(0, from)].find((end) => fits(name, end));
      if (link !== undefined) node = { ...node, inputs: { ...node.inputs, [name]: link } };
      else if (isNeeded) isWhole = false;
    }
    if (!isWhole) continue;
    nodes[id] = node;
    const outputs = Object.keys(spec?.outputs ?? { out: true });
    for (const output of outputs) ends.push({ node: id, output });
  }
  return nodes;
}

let graphs: GraphDocument["graphs"] = {};

test("whatever hangs together runs, or fails in words; a second time all is kept", async () => {
  const chosen = fc.tuple(
    fc.array(choice, { maxLength: 5 }),
    fc.array(choice, { minLength: 1, maxLength: 9 }),
  );
  await fc.assert(
    fc.asyncProperty(chosen, async ([inside, outside]) => {
      graphs = {};
      const nodes = build(inside, true);
      const last = Object.keys(nodes).findLast((id) => {
        return Object.keys(catalogue[nodes[id]?.type ?? ""]?.outputs ?? {}).length > 0;
      });
      const output = Object.keys(catalogue[nodes[last ?? ""]?.type ?? ""]?.outputs ?? {})[0];
      const out: Link =
        last === undefined || output === undefined
          ? { node: "$inputs", output: "text" }
          : { node: last, output };
      graphs = { inner: { nodes, inputs: { text: { type: "text" } }, outputs: { out } } };
      const all = build(outside, false);
      const graph: GraphDocument = { format: "insightgraph", version: 1, nodes: all, graphs };
      const outputs = Object.keys(all);
      const store = createMemoryStore();
      const first = await observe(graph, { outputs, store });
      if (first.error !== undefined) {
        expect(first.error).toBeInstanceOf(EngineError);
        expect(first.error.what).not.toContain("without a word");
        expect(first.error.what).not.toMatch(/undefined|not a function|not iterable|Cannot/);
        return;
      }
      const ends = first.events.filter((e) => /finished|failed/.test(e.type));
      const starts = first.events.filter(({ type }) => type === "node-started");
      expect(ends.length).toBe(starts.length);
      const again = await observe(graph, { outputs, store });
      expect(again.error).toBeUndefined();
      expect([...again.values]).toEqual([...first.values]);
      const routes = (id: string): boolean =>
        /flow\.|stream\./.test(all[id.split("/")[0] ?? ""]?.type ?? "flow.");
      expect(again.ran.filter((id) => !id.includes("/") && !routes(id))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

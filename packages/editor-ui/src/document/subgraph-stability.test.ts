import {
  checkGraph,
  type GraphDocument,
  type NodeCatalogue,
  parseGraph,
  resolveTypes,
  sortGraph,
  stringifyGraph,
  subgraphName,
  validateGraph,
} from "@insightgraph/engine/graph";
import fc from "fast-check";
import { applyPatches, enablePatches, type Patch, produce, produceWithPatches } from "immer";
import { expect, test } from "vitest";
import { clipText, duplicateNodes, pasteClip } from "./clipboard.ts";
import { type GraphEdit, moveNodes, removeNodes, renameNode, setParam } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { foldNodes, whyNotFoldable } from "./fold.ts";
import {
  editAt,
  graphAt,
  isPortNode,
  knownLevel,
  type Level,
  portNodeTypes,
  subgraphAt,
} from "./levels.ts";
import { removePort, renamePort } from "./subgraph-ports.ts";
import { unfoldNode } from "./unfold.ts";

enablePatches();

const kinds = [
  ...(["fold", "unfold", "enter", "leave", "duplicate", "paste", "remove"] as const),
  ...(["rename", "renamePort", "removePort", "param", "move", "undo", "redo", "reload"] as const),
];

/** What a person does next; numbers choose among what there is. */
const step = fc.record({ kind: fc.constantFrom(...kinds), pick: fc.nat(999), bits: fc.nat(255) });
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

interface Change {
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** A document at work, with what can be undone and redone. */
interface Desk {
  document: GraphDocument;
  level: Level;
  past: Change[];
  future: Change[];
}

function edit(desk: Desk, change: GraphEdit): void {
  const [next, patches, inverse] = produceWithPatches(desk.document, change);
  if (next === desk.document) return;
  desk.document = next;
  desk.past.push({ patches, inverse });
  desk.future = [];
}

function stepTo(desk: Desk, kind: "undo" | "redo"): void {
  const [from, to] = kind === "undo" ? [desk.past, desk.future] : [desk.future, desk.past];
  const change = from.pop();
  if (change === undefined) return;
  const patches = kind === "undo" ? change.inverse : change.patches;
  desk.document = applyPatches(desk.document, [...patches]);
  to.push(change);
}

function act(desk: Desk, { kind, pick, bits }: Step): void {
  const { document, level } = desk;
  const graph = graphAt(document, level);
  const known = checkGraph(document, exampleCatalogue).catalogue;
  const catalogue = { ...known, ...portNodeTypes(document, level, known) };
  const typing = resolveTypes(graph, catalogue, sortGraph(graph).order);
  const ids = Object.keys(graph.nodes).filter((id) => !isPortNode(id));
  const chosen = ids.filter((_, at) => (bits >> (at % 8)) & 1);
  const one = ids[pick % Math.max(1, ids.length)] ?? "";
  const here = (change: GraphEdit) => edit(desk, editAt(level, change, catalogue));
  const name = subgraphAt(document, level) ?? subgraphName(graph.nodes[one]?.type ?? "") ?? "";
  const side = bits % 2 === 0 ? "inputs" : "outputs";
  const ports = Object.keys(document.graphs?.[name]?.[side] ?? {});
  const port = ports[pick % Math.max(1, ports.length)] ?? "";
  switch (kind) {
    case "fold": {
      if (whyNotFoldable(graph, catalogue, typing, chosen) !== undefined) break;
      here(foldNodes(graph, catalogue, typing, chosen, `Part ${pick % 3}`).edit);
      break;
    }
    case "unfold": {
      const made = unfoldNode(graph, one);
      if (made !== undefined) here(made.edit);
      break;
    }
    case "enter":
      desk.level = knownLevel(document, [...level, one]);
      break;
    case "leave":
      desk.level = level.slice(0, -1);
      break;
    case "duplicate":
      here(duplicateNodes(graph, chosen, catalogue).edit);
      break;
    case "paste": {
      const clip = parseGraph(clipText(graph, chosen));
      const options = { at: { x: pick, y: bits }, isLinked: bits % 2 === 0, catalogue };
      here(pasteClip(clip, graph, options).edit);
      break;
    }
    case "remove":
      here(removeNodes(chosen.slice(0, 2)));
      break;
    case "rename":
      here(renameNode(one, `Name ${pick}`));
      break;
    case "renamePort":
      edit(desk, renamePort(name, { side, port }, `port ${pick % 4}`));
      break;
    case "removePort":
      edit(desk, removePort(name, { side, port }));
      break;
    case "param":
      if (graph.nodes[one]?.type === "generation.sample")
        here(setParam(one, "steps", 1 + (pick % 9)));
      break;
    case "move":
      here(moveNodes({ [one]: { x: pick, y: bits } }));
      break;
    case "undo":
    case "redo":
      stepTo(desk, kind);
      break;
    case "reload":
      desk.document = parseGraph(stringifyGraph(document));
      break;
  }
  desk.level = knownLevel(desk.document, desk.level);
}

/** What an edit of whole nodes and ports can never bring about. */
const structural = /^graph\.(dangling-link|unknown-port|unknown-type|cycle|recursion|port-type)$/;

function faultsOf(document: GraphDocument, catalogue: NodeCatalogue = exampleCatalogue) {
  return validateGraph(document, catalogue).filter(({ code }) => structural.test(code));
}

function deskOf(document: GraphDocument): Desk {
  return { document, level: [], past: [], future: [] };
}

const { ui: _, ...start } = exampleGraph;

test("whatever is folded, opened, copied, renamed and undone, the document stays whole", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const desk = deskOf(start);
      for (const each of steps) {
        act(desk, each);
        expect(faultsOf(desk.document)).toEqual([]);
        expect(parseGraph(stringifyGraph(desk.document))).toEqual(desk.document);
      }
      const last = desk.document;
      const count = desk.past.length;
      while (desk.past.length > 0) stepTo(desk, "undo");
      expect(desk.document).toEqual(start);
      while (desk.past.length < count) stepTo(desk, "redo");
      expect(desk.document).toEqual(last);
    }),
    { numRuns: 200 },
  );
});

test("folding and unfolding gives the same work back, at every depth", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255), { minLength: 1, maxLength: 4 }), (choices) => {
      let document: GraphDocument = start;
      const folded: string[] = [];
      for (const bits of choices) {
        const { catalogue, typing } = checkGraph(document, exampleCatalogue);
        const ids = Object.keys(document.nodes).filter((_id, at) => (bits >> (at % 8)) & 1);
        if (whyNotFoldable(document, catalogue, typing, ids) !== undefined) continue;
        const made = foldNodes(document, catalogue, typing, ids, "Part");
        document = produce(document, made.edit);
        folded.push(made.id);
        expect(faultsOf(document)).toEqual([]);
      }
      for (const id of folded.reverse()) {
        const made = unfoldNode(document, id);
        if (made !== undefined) document = produce(document, made.edit);
      }
      const plain = ({ nodes, inputs, outputs, graphs }: GraphDocument) => ({
        ...{ inputs, outputs, graphs },
        nodes: Object.fromEntries(
          Object.entries(nodes).map(([id, { ui: _ui, ...node }]) => [id, node]),
        ),
      });
      expect(plain(document)).toEqual(plain(start));
    }),
    { numRuns: 100 },
  );
});

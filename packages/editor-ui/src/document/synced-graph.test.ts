import type { GraphDocument } from "@insightgraph/engine/graph";
import fc from "fast-check";
import { applyPatches, type Patch, produceWithPatches } from "immer";
import { expect, test } from "vitest";
import { type GraphEdit, moveNodes, removeNodes, setParam } from "./edits.ts";
import { exampleGraph } from "./example.fixture.ts";
import {
  createSynced,
  editSynced,
  type SyncedGraph,
  sendNext,
  stepSynced,
  takeChange,
  takeState,
} from "./synced-graph.ts";

const start = createSynced(exampleGraph, 0);
const steps = (count: number) => setParam("sample", "steps", count);
const send = (synced: SyncedGraph) => {
  const next = sendNext(synced);
  if (next === undefined) throw new Error("there is nothing to send");
  return next;
};

test("an edit is shown at once and confirmed without making the graph anew", () => {
  const edited = editSynced(start, "e1", steps(3));
  const { synced, change } = send(edited);
  expect(change).toMatchObject({ kind: "edit", editId: "e1" });
  expect(sendNext(synced)).toBeUndefined();
  const done = takeChange(synced, { version: 1, patches: [], editId: "e1" });
  expect(done).toMatchObject({ version: 1, pending: [], isSending: false });
  expect(done.shown).toBe(edited.shown);
  expect(done.confirmed).toBe(edited.shown);
});

test("an edit that changes nothing is none", () => {
  expect(editSynced(start, "e1", removeNodes(["nothing"]))).toBe(start);
});

test("a change of another window comes below what is pending here", () => {
  const { synced } = send(editSynced(start, "mine", steps(3)));
  const [, patches] = produceWithPatches(exampleGraph, moveNodes({ load: { x: 9, y: 9 } }));
  const both = takeChange(synced, { version: 1, patches, editId: "theirs" });
  expect(both.shown.nodes["load"]?.ui).toEqual({ x: 9, y: 9 });
  expect(both.shown.nodes["sample"]?.params).toMatchObject({ steps: 3 });
  expect(both.confirmed.nodes["sample"]?.params).toBeUndefined();
});

test("an edit that came too late is made again on the server's graph and sent again", () => {
  const { synced } = send(editSynced(start, "mine", steps(3)));
  const [theirs] = produceWithPatches(exampleGraph, removeNodes(["compare"]));
  const state = { graph: theirs, version: 1, recentEdits: ["theirs"] };
  const again = takeState(synced, state);
  expect(Object.keys(again.shown.nodes)).not.toContain("compare");
  expect(again.shown.nodes["sample"]?.params).toMatchObject({ steps: 3 });
  expect(send(again).change.editId).toBe("mine");
});

test("edits that arrived before the connection was lost are not made twice, refused ones are dropped", () => {
  const edited = editSynced(editSynced(start, "e1", steps(3)), "e2", steps(4));
  const state = { graph: exampleGraph, version: 1, recentEdits: ["e1"] };
  expect(takeState(edited, state).pending.map(({ editId }) => editId)).toEqual(["e2"]);
  expect(takeState(edited, state, "e2").pending).toEqual([]);
});

test("undo takes back what was not sent, and asks the server for the rest", () => {
  const edited = editSynced(start, "e1", steps(3));
  expect(stepSynced(edited, "u1", "undo").shown).toBe(exampleGraph);
  const asked = stepSynced(send(edited).synced, "u1", "undo");
  expect(asked.pending.map(({ kind }) => kind)).toEqual(["edit", "undo"]);
  const confirmed = takeChange(asked, { version: 1, patches: [], editId: "e1" });
  const [, , inverse] = produceWithPatches(exampleGraph, steps(3));
  const { synced } = send(confirmed);
  const undone = takeChange(synced, { version: 2, patches: inverse, editId: "u1" });
  expect(undone.shown).toEqual(exampleGraph);
});

test("undo takes back typing as one step, unless it may go on from what the server has", () => {
  const type = (synced: SyncedGraph, count: number) =>
    editSynced(synced, `t${count}`, steps(count), "typing");
  const moved = editSynced(start, "m", moveNodes({ load: { x: 5, y: 5 } }));
  const typed = type(type(moved, 1), 12);
  expect(stepSynced(typed, "u", "undo").shown).toEqual(moved.shown);
  const begun = type(type(start, 1), 12);
  expect(stepSynced(begun, "u", "undo").pending.map(({ kind }) => kind)).toEqual([
    "edit",
    "edit",
    "undo",
  ]);
});

/** A server of one document: it applies what was made for its version, and refuses all else. */
function createServer() {
  let graph: GraphDocument = exampleGraph;
  let version = 0;
  const recentEdits: string[] = [];
  return {
    state: () => ({ graph, version, recentEdits: [...recentEdits] }),
    edit(forVersion: number, editId: string, patches: readonly Patch[]) {
      if (forVersion !== version) return undefined;
      graph = applyPatches(graph, [...patches]);
      version += 1;
      recentEdits.push(editId);
      return { version, patches, editId };
    },
  };
}

test("two windows that edit at once end with one graph, and no edit is lost", () => {
  const edit = fc.record({ by: fc.nat(1), node: fc.nat(3), x: fc.nat(99), sends: fc.boolean() });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
      const server = createServer();
      const windows = [start, start];
      const ids = Object.keys(exampleGraph.nodes);
      const last = new Map<string, number>();
      const flush = (by: number): boolean => {
        const next = sendNext(windows[by] ?? start);
        if (next === undefined || next.change.kind !== "edit") return false;
        const { editId, patches } = next.change;
        windows[by] = next.synced;
        const changed = server.edit(next.synced.version, editId, patches);
        if (changed === undefined) {
          windows[by] = takeState(next.synced, server.state());
          return true;
        }
        for (const at of [0, 1]) windows[at] = takeChange(windows[at] ?? start, changed);
        return true;
      };
      edits.forEach(({ by, node, x, sends }, at) => {
        const id = ids[node] ?? "";
        const move: GraphEdit = moveNodes({ [id]: { x: 1000 + x, y: at } });
        windows[by] = editSynced(windows[by] ?? start, `e${at}`, move);
        last.set(`${by} ${id}`, at);
        if (sends) flush(by);
      });
      while (flush(0) || flush(1));
      expect(windows[0]?.shown).toEqual(windows[1]?.shown);
      expect(windows[0]?.shown).toEqual(server.state().graph);
      for (const id of ids) {
        const { y } = windows[0]?.shown.nodes[id]?.ui ?? {};
        const ends = [0, 1].map((by) => last.get(`${by} ${id}`)).filter((end) => end !== undefined);
        if (ends.length > 0) expect(ends).toContain(y);
      }
    }),
  );
});

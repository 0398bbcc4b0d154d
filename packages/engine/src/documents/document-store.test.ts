import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { produceWithPatches } from "immer";
import { describe, expect, test } from "vitest";
import type { GraphDocument, GraphNode } from "../graph/document.ts";
import { stringifyGraph } from "../graph/stringify-graph.ts";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import type { DocumentMessage, DocumentState, Patch } from "../protocol/document.ts";
import type { DocumentStore } from "./document-store.ts";
import { makeDocumentFolders, openDocumentsForTest } from "./documents-for-test.fixture.ts";

const graph = answerGraph("pid");

function setName(name: string): readonly Patch[] {
  return [{ op: "add", path: ["nodes", "a", "params", "name"], value: name }];
}

function nameIn({ graph: { nodes } }: DocumentState): unknown {
  return nodes["a"]?.params?.["name"];
}

async function openWorkspaceWith(files: Readonly<Record<string, string>>) {
  const folders = await makeDocumentFolders();
  for (const [name, text] of Object.entries(files)) {
    const place = path.join(folders.folder, name);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, text);
  }
  const documents = await openDocumentsForTest(folders);
  return {
    documents,
    reopen: () => openDocumentsForTest(folders),
    place: (name: string) => path.join(folders.folder, name),
    read: (name: string) => readFile(path.join(folders.folder, name), "utf8"),
  };
}

const one = { "one.json": stringifyGraph(graph) };

function editName(documents: DocumentStore, id: string, name: string, label?: string) {
  const { version } = documents.get(id);
  const named = label === undefined ? {} : { label };
  return documents.edit(id, { editId: name, version, patches: setName(name), ...named });
}

describe("edits", () => {
  test("[D2] an edit of an older version is refused and changes nothing", async () => {
    const { documents } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    await editName(documents, id, "first");
    const stale = { editId: "late", version: 0, patches: setName("second") };
    await expect(documents.edit(id, stale)).rejects.toMatchObject({ code: "document.stale" });
    expect(documents.get(id)).toMatchObject({ version: 1, recentEdits: ["first"] });
    expect(nameIn(documents.get(id))).toBe("first");
  });

  test("[D2] of two edits of one version at once, one is refused", async () => {
    const { documents } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    const both = ["x", "y"].map((name) =>
      documents.edit(id, { editId: name, version: 0, patches: setName(name) }),
    );
    const settled = await Promise.allSettled(both);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(nameIn(documents.get(id))).toBe("x");
  });

  test.each<readonly [string, readonly Patch[]]>([
    ["graph.shape", [{ op: "replace", path: ["nodes"], value: 7 }]],
    [
      "graph.forbidden-key",
      [
        {
          op: "replace",
          path: [],
          value: JSON.parse(
            '{"format":"insightgraph","version":1,"nodes":{},"ui":{"__proto__":1}}',
          ),
        },
      ],
    ],
    ["document.patch", [{ op: "replace", path: ["nodes", "none", "type"], value: "x" }]],
    ["document.patch", [{ op: "add", path: ["__proto__", "x"], value: 1 }]],
  ])("[D5] an edit that gives %s changes nothing", async (code, patches) => {
    const { documents } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    const before = documents.get(id);
    const edit = documents.edit(id, { editId: "e", version: 0, patches });
    await expect(edit).rejects.toMatchObject({ code });
    expect(documents.get(id)).toEqual(before);
  });

  test("[D4] undo and redo go through the steps; one label in a row is one step", async () => {
    const { documents } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    for (const name of ["h", "he", "hel"]) await editName(documents, id, name, "typing");
    await editName(documents, id, "other");
    expect(documents.get(id)).toMatchObject({ undoSteps: 2, version: 4 });
    const step = (kind: "undo" | "redo") =>
      documents[kind](id, { editId: kind, version: documents.get(id).version });
    await step("undo");
    expect(nameIn(documents.get(id))).toBe("hel");
    await step("undo");
    expect(documents.get(id)).toMatchObject({ graph, undoSteps: 0, redoSteps: 2, isSaved: true });
    await expect(step("undo")).rejects.toMatchObject({ code: "document.patch" });
    await step("redo");
    await step("redo");
    expect(nameIn(documents.get(id))).toBe("other");
    expect(documents.get(id)).toMatchObject({ version: 8, isSaved: false });
  });

  test("[D4] however many steps there are, all of them are undone", async () => {
    const { documents, reopen } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    for (let at = 0; at < 150; at++) await editName(documents, id, `${at}`);
    const again = await reopen();
    for (let at = 0; at < 150; at++) {
      await again.undo(id, { editId: "u", version: again.get(id).version });
    }
    expect(again.get(id)).toMatchObject({ graph, undoSteps: 0, redoSteps: 150 });
  });

  test("[D4] a save ends the step that is under way", async () => {
    const { documents } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    await editName(documents, id, "h", "typing");
    await documents.save(id, {});
    await editName(documents, id, "he", "typing");
    expect(documents.get(id)).toMatchObject({ undoSteps: 2, isSaved: false });
    await documents.undo(id, { editId: "u", version: 2 });
    expect(documents.get(id).isSaved).toBe(true);
  });

  test("[D1] whatever is edited, undone and redone is there again, undo included", async () => {
    const action = fc.oneof(
      fc.constant("undo" as const),
      fc.constant("redo" as const),
      fc.record({
        node: fc.constantFrom("a", "b", "c"),
        name: fc.string({ maxLength: 8 }),
        label: fc.constantFrom("t", undefined),
        isRemoving: fc.boolean(),
      }),
    );
    const edited = (
      before: GraphDocument,
      { node, name, isRemoving }: { node: string; name: string; isRemoving: boolean },
    ) =>
      produceWithPatches(before, (draft) => {
        const nodes = draft.nodes as Record<string, GraphNode>;
        if (isRemoving) delete nodes[node];
        else nodes[node] = { type: "test.answer", version: 1, params: { name } };
      });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
        const { documents, reopen } = await openWorkspaceWith(one);
        const { id } = await documents.open("one.json");
        const states = new Map<number, GraphDocument>([[0, graph]]);
        for (const [at, next] of actions.entries()) {
          const before = documents.get(id);
          const request = { editId: `${at}`, version: before.version };
          if (next === "undo") {
            if (before.undoSteps > 0) await documents.undo(id, request);
          } else if (next === "redo") {
            if (before.redoSteps > 0) await documents.redo(id, request);
          } else {
            const [after, patches] = edited(before.graph, next);
            const { label } = next;
            const named = label === undefined ? {} : { label };
            await documents.edit(id, { ...request, patches: patches as Patch[], ...named });
            expect(documents.get(id).graph).toEqual(after);
            states.set(documents.get(id).undoSteps, after);
          }
          expect(documents.get(id).graph).toEqual(states.get(documents.get(id).undoSteps));
        }
        const before = documents.get(id);
        // Nothing is closed: a killed server closes nothing either.
        const again = await reopen();
        expect(again.get(id)).toEqual(before);
        for (let left = before.undoSteps; left > 0; left--) {
          await again.undo(id, { editId: "u", version: again.get(id).version });
        }
        expect(again.get(id).graph).toEqual(graph);
      }),
      { numRuns: 30 },
    );
  });
});

describe("files", () => {
  test("[D7] saving an unchanged graph keeps the bytes, however they were written", async () => {
    const text = JSON.stringify(graph, null, 7);
    const { documents, read } = await openWorkspaceWith({ "one.json": text });
    const { id } = await documents.open("one.json");
    await documents.save(id, {});
    expect(await read("one.json")).toBe(text);
    await editName(documents, id, "x");
    await documents.undo(id, { editId: "u", version: 1 });
    await documents.save(id, {});
    expect(await read("one.json")).toBe(text);
  });

  test("[D6] a save writes the graph, keeps what was there, and is refused where somebody else wrote", async () => {
    const { documents, read, place } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    await editName(documents, id, "mine");
    expect(await documents.save(id, {})).toMatchObject({ isSaved: true, file: "one.json" });
    expect(await read("one.json")).toBe(stringifyGraph(documents.get(id).graph));
    const theirs = stringifyGraph(answerGraph("fail"));
    await writeFile(place("one.json"), theirs);
    await editName(documents, id, "mine again");
    await expect(documents.save(id, {})).rejects.toMatchObject({ code: "document.file-changed" });
    expect(await read("one.json")).toBe(theirs);
    await documents.save(id, { isOverwriting: true });
    const versions = await documents.versions("one.json");
    const graphs = await Promise.all(
      versions.map((version) => documents.readVersion("one.json", version.id)),
    );
    expect(graphs.map(({ nodes }) => nodes["a"]?.params)).toMatchObject([
      { name: "mine again" },
      { how: "fail" },
      { name: "mine" },
      graph.nodes["a"]?.params,
    ]);
    expect(graphs).toHaveLength(4);
  });

  test("[D6] the last 50 versions are kept", async () => {
    const { documents } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    for (let at = 0; at < 53; at++) {
      await editName(documents, id, `${at}`);
      await documents.save(id, {});
    }
    const versions = await documents.versions("one.json");
    expect(versions).toHaveLength(50);
    const newest = await documents.readVersion("one.json", versions[0]?.id ?? "");
    expect(newest.nodes["a"]?.params).toMatchObject({ name: "52" });
  });

  test("[D6] a document without a file takes no other one's place", async () => {
    const { documents, read } = await openWorkspaceWith(one);
    const { id } = await documents.create("dropped", answerGraph("fail"));
    await expect(documents.save(id, { file: "one" })).rejects.toMatchObject({
      code: "document.file-exists",
    });
    expect(await read("one.json")).toBe(one["one.json"]);
    expect(await documents.save(id, { file: "Ärger mit Ω.json" })).toMatchObject({
      name: "Ärger mit Ω",
      isSaved: true,
    });
    expect((await documents.files()).map(({ file }) => file)).toEqual([
      "one.json",
      "Ärger mit Ω.json",
    ]);
  });

  test.each([
    "../out",
    "/etc/x",
    "a/../../x",
    ".hidden",
    "a\\b",
    "a\u0000b",
    "",
    "link/x",
    "n".repeat(300),
  ])("[D8] nothing is saved as %j", async (file) => {
    const { documents, place } = await openWorkspaceWith(one);
    await symlink("/tmp", place("link"));
    const { id } = await documents.create("x", graph);
    await expect(documents.save(id, { file })).rejects.toMatchObject({
      code: "document.file-name",
    });
    await expect(documents.open(file)).rejects.toMatchObject({ code: "document.file-name" });
  });

  test("lists the graphs of the folder and those below, and nothing else", async () => {
    const { documents } = await openWorkspaceWith({
      ...one,
      "sub/two.json": one["one.json"],
      "package.json": "{}",
      ".git/three.json": one["one.json"],
      "notes.txt": "x",
    });
    const files = await documents.files();
    expect(files.map(({ file }) => file)).toEqual(["one.json", "sub/two.json"]);
  });

  test("a file is renamed with its versions, and deleted when it is not open", async () => {
    const { documents, read } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    await editName(documents, id, "x");
    await documents.save(id, {});
    expect(await documents.rename(id, "two")).toMatchObject({
      file: "two.json",
      name: "two",
      isSaved: true,
    });
    await expect(read("one.json")).rejects.toMatchObject({ code: "ENOENT" });
    expect(await documents.versions("two.json")).toHaveLength(2);
    await expect(documents.removeFile("two")).rejects.toMatchObject({ code: "document.file-open" });
    await documents.close(id, false);
    await documents.removeFile("two");
    expect(await documents.files()).toEqual([]);
    expect(await documents.versions("two.json")).toHaveLength(2);
  });
});

describe("documents", () => {
  test("[D9] unsaved edits are only discarded when asked to", async () => {
    const { documents, reopen } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    await editName(documents, id, "x");
    await expect(documents.close(id, false)).rejects.toMatchObject({ code: "document.unsaved" });
    await documents.close(id, true);
    expect(documents.list()).toEqual([]);
    expect((await reopen()).list()).toEqual([]);
    expect(() => documents.get(id)).toThrow("document.unknown");
  });

  test("[D9] an edit that is under way while its document is closed is not lost", async () => {
    const { documents } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    const edit = editName(documents, id, "x");
    await expect(documents.close(id, false)).rejects.toMatchObject({ code: "document.unsaved" });
    await edit;
    expect(nameIn(documents.get(id))).toBe("x");
  });

  test("a file that is opened twice is one document", async () => {
    const { documents } = await openWorkspaceWith(one);
    const opened = await Promise.all([documents.open("one.json"), documents.open("one")]);
    expect(opened[0]?.id).toBe(opened[1]?.id);
    expect(documents.list()).toHaveLength(1);
  });

  test("[D3] subscribers get each change once, and learn of windows", async () => {
    const { documents } = await openWorkspaceWith(one);
    const { id } = await documents.open("one.json");
    const heard: DocumentMessage[] = [];
    documents.subscribe((message) => heard.push(message));
    const leave = documents.join(id);
    await editName(documents, id, "x");
    leave();
    leave();
    expect(heard.map((message) => message.type)).toEqual([
      "documents",
      "document-changed",
      "documents",
      "documents",
    ]);
    expect(heard[1]).toMatchObject({
      editId: "x",
      patches: setName("x"),
      document: { version: 1 },
    });
    expect(documents.get(id).windows).toBe(0);
  });

  test("documents are there again in their order; a damaged one is set aside", async () => {
    const folders = await makeDocumentFolders();
    const documents = await openDocumentsForTest(folders);
    const first = await documents.create("first", graph);
    const second = await documents.create("second", graph);
    const third = await documents.create("third", graph);
    const ids = async () => (await openDocumentsForTest(folders)).list().map(({ id }) => id);
    expect(await ids()).toEqual([first.id, second.id, third.id]);
    const [root = ""] = await readdir(path.join(folders.dataDir, "documents"));
    const file = path.join(folders.dataDir, "documents", root, `${second.id}.jsonl`);
    await writeFile(file, "not JSON\n");
    expect(await ids()).toEqual([first.id, third.id]);
    expect(await readFile(`${file}.damaged`, "utf8")).toBe("not JSON\n");
  });
});

test("a graph becomes a reusable node once; it is replaced on request, and what it held is kept", async () => {
  const { documents, read } = await openWorkspaceWith({});
  const file = await documents.saveNode("part", graph, false);
  expect(file).toBe("nodes/part.json");
  expect(await read(file)).toBe(stringifyGraph(graph));
  const other = { ...graph, name: "Other" };
  const again = documents.saveNode("part", other, false);
  await expect(again).rejects.toMatchObject({ code: "document.file-exists" });
  expect(await documents.saveNode("part", other, true)).toBe(file);
  const [newest, oldest] = await documents.versions(file);
  expect((await documents.readVersion(file, newest?.id ?? "")).name).toBe("Other");
  expect((await documents.readVersion(file, oldest?.id ?? "")).name).toBeUndefined();
  await documents.open(file);
  const open = documents.saveNode("part", graph, true);
  await expect(open).rejects.toMatchObject({ code: "document.file-open" });
  expect(await documents.saveNode("parts/one", graph, false)).toBe("nodes/parts/one.json");
  const outside = documents.saveNode("../part", graph, true);
  await expect(outside).rejects.toMatchObject({ code: "document.file-name" });
});

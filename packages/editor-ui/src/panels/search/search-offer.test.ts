import { expect, test, vi } from "vitest";

const background = {
  type: "image.background",
  version: 1,
  title: "Change background",
  doc: "Blurs what a mask does not cover.",
  category: "image",
  inputs: {},
  params: {},
  outputs: {},
} as const;

test("in the Chinese page a node is found by its Chinese title, its English title and its id", async () => {
  vi.stubGlobal("localStorage", { getItem: () => "zh-CN" });
  const { openEditor } = await import("../../state/open-editor.fixture.ts");
  const { rankItems } = await import("../../document/rank-items.ts");
  const { offerOf } = await import("./search-offer.ts");
  const { editor } = openEditor({
    catalogue: { [background.type]: background },
    graph: {
      format: "insightgraph",
      version: 1,
      nodes: { blurred: { type: background.type, version: 1 } },
    },
  });
  const at = { x: 0, y: 0 };
  for (const kind of ["add", "find"] as const) {
    const workbench = { editor, canvas: () => undefined };
    const { items } = offerOf(workbench, { at, place: at, task: { kind } }, []);
    expect(items.map(({ title }) => title)).toEqual(["更换背景"]);
    for (const query of ["背景", "change background", "image.background"]) {
      expect(rankItems(items, query), `${kind} ${query}`).toHaveLength(1);
    }
  }
});

test("a node type is described in the language of the page", async () => {
  const { openEditor } = await import("../../state/open-editor.fixture.ts");
  const docs = { byType: { [background.type]: { doc: "模糊背景。" } }, shared: {} };
  const { state } = openEditor({ catalogue: { [background.type]: background }, docs });
  expect(state().catalogue[background.type]?.doc).toBe("模糊背景。");
});

import { describe, expect, test } from "vitest";
import { from, graphOf, registry } from "../execute/run.fixture.ts";
import { setParam } from "../graph/edit-graph.ts";
import { defineNode } from "../node/define-node.ts";
import { createRegistry } from "../node/registry.ts";
import { checkRun, planRun } from "./plan-run.ts";

function sketch(word: string, times = 1) {
  return {
    word: { type: "text.value", params: { text: word } },
    aside: { type: "text.value", params: { text: "aside" } },
    out: { type: "text.repeat", params: { times }, inputs: { text: from("word") } },
  };
}
const graph = graphOf(sketch("a"));

/** A registry of its own, so that nothing is known of earlier plans. */
function anew() {
  return createRegistry([...registry.nodes.values()]);
}

/** What planning gives where another graph was planned before, and where none was. */
function planAfter(
  first: ReturnType<typeof graphOf>,
  second: ReturnType<typeof graphOf>,
  request: { outputs?: readonly string[] } = {},
) {
  const types = anew();
  planRun(first, types);
  const catalogue = { ...types.catalogue };
  checkRun(first, catalogue);
  return {
    after: planRun(second, types, request),
    alone: planRun(second, anew(), request),
    checked: checkRun(second, catalogue, request.outputs),
  };
}

describe("a graph that is planned again", () => {
  test.each([
    ["other values", graphOf(sketch("b", 4))],
    [
      "a param more",
      setParam(graphOf({ ...sketch("a"), aside: { type: "text.value" } }), "aside", "text", "b"),
    ],
    ["a param less", graphOf({ ...sketch("a"), word: { type: "text.value" } })],
    [
      "another link",
      graphOf({
        ...sketch("a"),
        out: { type: "text.repeat", params: { times: 1 }, inputs: { text: from("aside") } },
      }),
    ],
    [
      "another type",
      graphOf({ ...sketch("a"), out: { type: "text.upper", inputs: { text: from("word") } } }),
    ],
    ["a node that is off", graphOf({ ...sketch("a"), aside: { type: "text.value", muted: true } })],
    ["another node", graphOf({ ...sketch("a"), more: { type: "text.value" } })],
    ["a node less", graphOf({ word: sketch("a").word, out: sketch("a").out })],
    [
      "another name of a node",
      graphOf({ word: sketch("a").word, other: sketch("a").aside, out: sketch("a").out }),
    ],
    ["a last node less", graphOf({ word: sketch("a").word, aside: sketch("a").aside })],
    [
      "another name of a wanted node",
      graphOf({ word: sketch("a").word, aside: sketch("a").aside, end: sketch("a").out }),
    ],
    [
      "another name of a link",
      graphOf({
        ...sketch("a"),
        out: { type: "text.repeat", params: { times: 1 }, inputs: { txet: from("word") } },
      }),
    ],
    ["a named output", { ...graph, outputs: { text: from("aside") } }],
  ])("with %s has the plan that it has alone", (_, second) => {
    const { after, alone, checked } = planAfter(graph, second);
    expect(after).toEqual(alone);
    expect(checked).toEqual(alone.issues);
  });

  test.each([
    ["too large", setParam(graph, "out", "times", 9), ["param.range"]],
    ["of the wrong kind", setParam(graph, "out", "times", "x"), ["param.kind"]],
    ["unknown", setParam(graph, "out", "tmies", 2), ["graph.unknown-param"]],
    // [R2]
    ["too long where nothing needs it", setParam(graph, "aside", "text", "x".repeat(41)), []],
  ])("with a param that is %s has the issues that it has alone", (_, second, codes) => {
    const { after, alone, checked } = planAfter(graph, second);
    expect(after).toEqual(alone);
    expect(after.issues.map(({ code }) => code)).toEqual(codes);
    expect(checked).toEqual(alone.issues);
  });

  test("with issues has them again", () => {
    const [types, wrong] = [anew(), setParam(graph, "out", "times", 9)];
    const issues = [expect.objectContaining({ code: "param.range" })];
    for (const _ of [1, 2]) {
      expect(planRun(wrong, types).issues).toEqual(issues);
      expect(checkRun(wrong, types.catalogue)).toEqual(issues);
    }
  });

  test("for other nodes has the plan of these", () => {
    const { after, alone } = planAfter(graph, graph, { outputs: ["aside"] });
    expect(after).toEqual(alone);
    expect([...(after.plan?.targets.keys() ?? [])]).toEqual(["aside"]);
    expect(planAfter(graph, graph, { outputs: ["gone"] }).checked).toHaveLength(1);
  });

  test("with other values inside or at a subgraph has the plan that it has alone", () => {
    const using = (inner: string, outer: string) => {
      const loud = {
        nodes: graphOf({ word: { type: "text.value", params: { text: inner } } }).nodes,
        inputs: { text: { node: "word", param: "text" } },
        outputs: { text: from("word") },
      };
      const use = { type: "graph:loud", ...(outer === "" ? {} : { params: { text: outer } }) };
      return graphOf({ use, out: { type: "text.join", inputs: { a: from("use") } } }, { loud });
    };
    const cases = [
      [using("a", ""), using("b", ""), "b"],
      [using("a", ""), using("a", "c"), "c"],
      [using("a", "c"), using("a", ""), "a"],
    ] as const;
    for (const [first, second, text] of cases) {
      const { after, alone } = planAfter(first, second);
      expect(after).toEqual(alone);
      expect(after.plan?.steps.get("use/word")?.settings).toEqual({ text });
    }
  });

  test("[R13] of an older version is migrated each time", () => {
    const about = { type: "my.number", title: "T", doc: "D.", inputs: {}, outputs: {} } as const;
    const word = registry.nodes.get("text.value");
    if (word === undefined) throw new TypeError("text.value is missing");
    const newer = defineNode({
      ...about,
      ...word,
      version: 2,
      migrate: { 1: (node) => ({ ...node, params: { text: `${node.params?.["text"]}!` } }) },
    });
    const types = createRegistry([newer]);
    const older = graphOf({ word: { type: "text.value", params: { text: "a" } } });
    const textOf = (document: typeof older) =>
      planRun(document, types, { outputs: ["word"] }).plan?.steps.get("word")?.settings["text"];
    expect(textOf(older)).toBe("a!");
    expect(textOf(setParam(older, "word", "text", "b"))).toBe("b!");
  });

  test("takes over what other values cannot change, once for each registry", () => {
    const types = anew();
    const first = planRun(graph, types).plan;
    const second = planRun(setParam(graph, "word", "text", "b"), types).plan;
    expect(second?.steps.get("out")).toBe(first?.steps.get("out"));
    expect(planRun(graph, anew()).plan?.steps.get("out")).not.toBe(first?.steps.get("out"));
    // Only the last graph is known.
    planRun(graphOf({ out: { type: "text.value" } }), types, { outputs: ["out"] });
    expect(planRun(graph, types).plan?.steps.get("out")).not.toBe(first?.steps.get("out"));
  });

  const word = { word: { type: "text.value" } };
  const words = (count: number, type = "text.value") =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`w${at}`, { type }]));
  const many = { nodes: graphOf(words(40)).nodes };
  const nested = graphOf(words(30, "graph:many")).nodes;
  const mapped = {
    nodes: {
      ...nested,
      loud: { type: "text.upper", version: 1, inputs: { text: from("$inputs") } },
    },
    inputs: { text: { type: "text" } },
    outputs: { text: from("loud") },
  };
  const list = { list: { type: "list.texts" } };
  const use = { type: "graph:mapped", inputs: { text: from("list.texts") } };

  test.each([
    ["nodes", graphOf({ ...word, ...words(1000) })],
    ["nodes of subgraphs", graphOf(word, { many: { nodes: graphOf(words(1000)).nodes } })],
    ["steps of few nodes", graphOf({ ...word, ...words(30, "graph:many") }, { many })],
    ["steps for each item", graphOf({ ...word, ...list, use }, { many, mapped })],
  ])("is not kept where it has many %s", (_, large) => {
    const types = anew();
    const request = { outputs: Object.keys(large.nodes) };
    const step = () => planRun(large, types, request).plan?.steps.get("word");
    const first = step();
    expect(first).toBeDefined();
    expect(step()).not.toBe(first);
  });
});

import { expect, test } from "vitest";
import { fittingPorts } from "../../packages/editor-ui/src/document/compatibility.ts";
import type { PortEnd } from "../../packages/editor-ui/src/document/port-end.ts";
import {
  type GraphDocument,
  type GraphNode,
  type Issue,
  type Link,
  validateGraph,
} from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const { catalogue } = createRegistry(nodes);
const linkCodes: readonly Issue["code"][] = [
  "graph.port-type",
  "graph.port-shape",
  "graph.dangling-link",
  "graph.unknown-port",
];

function graphWith(placed: Readonly<Record<string, Omit<GraphNode, "version">>>): GraphDocument {
  const versioned = Object.entries(placed).map(([id, node]) => {
    return [id, { version: catalogue[node.type]?.version ?? 1, ...node }] as const;
  });
  return { format: "insightgraph", version: 1, nodes: Object.fromEntries(versioned) };
}

function isAccepted(graph: GraphDocument): boolean {
  return !validateGraph(graph, catalogue).some(({ code }) => linkCodes.includes(code));
}

/** Every output, or every input and param, of every shipped node, as `type port`. */
function allPorts(side: PortEnd["side"]): (readonly [type: string, port: string])[] {
  return Object.values(catalogue).flatMap(({ type, inputs, params, outputs }) => {
    const names =
      side === "output" ? Object.keys(outputs) : [...Object.keys(inputs), ...Object.keys(params)];
    return names.map((port) => [type, port] as const);
  });
}

function offered(graph: GraphDocument, from: PortEnd): string[] {
  return [...fittingPorts(graph, catalogue, from)].flatMap(([type, ports]) =>
    ports.map((port) => `${type} ${port}`),
  );
}

const outputs = allPorts("output");

test.each(outputs)("a link from %s %s is offered what the engine accepts", (type, output) => {
  const from: Link = { node: "from", output };
  const accepted = allPorts("input")
    .filter(([to, name]) =>
      isAccepted(graphWith({ from: { type }, to: { type: to, inputs: { [name]: from } } })),
    )
    .map((port) => port.join(" "));
  const end: PortEnd = { node: "from", side: "output", port: output };
  expect(offered(graphWith({ from: { type } }), end)).toEqual(accepted);
});

const inputs = allPorts("input").filter(([type, name]) => {
  const { inputs = {}, params = {} } = catalogue[type] ?? {};
  return inputs[name] !== undefined || params[name]?.accepts !== undefined;
});

test.each(inputs)("a link into %s %s is offered what the engine accepts", (type, input) => {
  const accepted = outputs
    .filter(([from, output]) => {
      const link: Link = { node: "from", output };
      return isAccepted(
        graphWith({ from: { type: from }, to: { type, inputs: { [input]: link } } }),
      );
    })
    .map((port) => port.join(" "));
  const end: PortEnd = { node: "to", side: "input", port: input };
  expect(offered(graphWith({ to: { type } }), end)).toEqual(accepted);
});

test("params that accept links, lists and type variables are among what a text is offered", () => {
  const from: PortEnd = { node: "from", side: "output", port: "text" };
  const types = fittingPorts(graphWith({ from: { type: "text.value" } }), catalogue, from);
  expect(types.size).toBeGreaterThan(30);
  expect(types.has("flow.if")).toBe(true);
  expect(types.has("generation.decode")).toBe(false);
});

import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { graphSvg } from "./graph-svg.ts";

const look = {
  catalogue: exampleCatalogue,
  portColour: () => "#123456",
  categoryColour: () => "#abcdef",
};

test("a graph is drawn with all its nodes, ports and links", () => {
  const svg = graphSvg(exampleGraph, look);
  const links = Object.values(exampleGraph.nodes).flatMap(({ inputs = {} }) => Object.keys(inputs));
  expect(svg.match(/<g>/g)).toHaveLength(Object.keys(exampleGraph.nodes).length);
  expect(svg.match(/<path /g)).toHaveLength(links.length);
  expect(svg).toContain("viewBox=");
  expect(svg).not.toMatch(/NaN|undefined/);
});

test("texts of a graph cannot become markup", () => {
  const nodes = { load: { type: "image.load", version: 1, ui: { title: `<script>"&` } } };
  const svg = graphSvg({ ...exampleGraph, name: "a<b", nodes }, look);
  expect(svg).toContain("&lt;script&gt;&quot;&amp;");
  expect(svg).not.toContain("<script");
  expect(svg).toContain("<title>a&lt;b</title>");
});

test("an empty graph is an empty drawing", () => {
  expect(graphSvg({ ...exampleGraph, nodes: {} }, look)).toMatch(/^<svg [^>]*width="48"/);
});

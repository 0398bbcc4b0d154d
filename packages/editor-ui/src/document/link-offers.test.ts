import { checkGraph } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { linkOffers } from "./link-offers.ts";

const { typing } = checkGraph(exampleGraph, exampleCatalogue);

test("a node's links are those that the engine would accept, outputs first", () => {
  const offers = linkOffers(exampleGraph, exampleCatalogue, typing, "encode");
  const ends = offers.map(({ from, to }) => `${from.node}.${from.port} ${to.node}.${to.port}`);
  expect(ends[0]).toBe("encode.latent sample.source");
  expect(ends).toContain("load.image encode.image");
  // A link back would close a circle.
  expect(ends).not.toContain("decode.image encode.image");
  for (const { from, to } of offers) expect([from.side, to.side]).toEqual(["output", "input"]);
});

test("every offer has a name of its own", () => {
  const offers = linkOffers(exampleGraph, exampleCatalogue, typing, "load");
  expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length);
});

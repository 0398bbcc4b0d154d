import { expect, test } from "vitest";
import { exampleCatalogue } from "../document/example.fixture.ts";
import { describeThrown, issueSentences, toSentence, whatSentence } from "./issue-words.ts";

const port = { type: "condition", doc: "A condition." };

test("an issue reads as two sentences", () => {
  const issue = { what: 'nothing is connected to "image"', hint: "connect an image." };
  expect(issueSentences(issue)).toBe('Nothing is connected to "image". Connect an image.');
});

test("a thrown value never shows its stack or its class", () => {
  const error = Object.assign(new Error("code: what. Hint: hint"), {
    what: "it broke",
    hint: "mend it",
  });
  expect(describeThrown(error)).toBe("It broke. Mend it.");
  expect(describeThrown(new Error("gone"))).toBe("Gone.");
  expect(describeThrown("x")).toBe("An unexpected error occurred.");
});

test("a Chinese sentence keeps its own full stop", () => {
  expect(toSentence("图片文件。")).toBe("图片文件。");
});

test("a fault of a graph names types, ports and params as the page does, and ids of no type stay", () => {
  const [spec] = Object.values(exampleCatalogue);
  if (spec === undefined) throw new Error("the example has no type");
  const typed = { ...spec, type: "bridging.iaa", title: "Image adapter", params: {} };
  const catalogue = { "bridging.iaa": { ...typed, inputs: { imageCondition: port } } };
  const issue = {
    code: "graph.unknown-port",
    what: '"bridging.iaa" has no input "imageCondition", nor "myOwn"',
    hint: 'put "bridging.iaa" between them',
  };
  expect(issueSentences(issue, catalogue)).toBe(
    '"Image adapter" has no input "image condition", nor "myOwn". Put "Image adapter" between them.',
  );
  const ofNode = { ...issue, code: "node.failed" };
  expect(whatSentence(ofNode, catalogue)).toContain('"imageCondition"');
});

test("a fault of port types names them in words", () => {
  const issue = {
    code: "graph.port-type",
    what: "list of mm-tokens cannot flow into model.clip-text: it takes one",
    hint: "Connect an output of type condition.image.",
  };
  expect(issueSentences(issue, exampleCatalogue)).toBe(
    "List of mm tokens cannot flow into clip text model: it takes one. Connect an output of type image condition.",
  );
});

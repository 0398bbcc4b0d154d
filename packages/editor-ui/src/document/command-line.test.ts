import { produce } from "immer";
import { expect, test } from "vitest";
import { curlCommand, runCommand } from "./command-line.ts";
import { setParam } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";

test("a command sets the named inputs to what they are now", () => {
  const graph = produce(exampleGraph, setParam("sample", "seed", 7));
  expect(runCommand(graph, exampleCatalogue, "mine.json")).toBe(
    "npm start -- run mine.json --set seed=7",
  );
});

test("whatever a text holds, it is one argument of a shell", () => {
  const file = "it's a $(graph).json";
  const graph = { ...exampleGraph, inputs: {} };
  expect(runCommand(graph, exampleCatalogue, file)).toBe(
    `npm start -- run 'it'\\''s a $(graph).json'`,
  );
  const named = curlCommand({ ...graph, name: "it's" }, "http://127.0.0.1:7878");
  expect(named).toContain(`it'\\''s`);
  expect(named).toMatch(/^curl -s http:\/\/127\.0\.0\.1:7878\/api\/jobs -H /);
});

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { visibleTexts } from "./visible-text.ts";

const page = fileURLToPath(new URL("../packages/editor-ui/src/", import.meta.url));

test("no text that people see stands outside the message files of the page", () => {
  const files = readdirSync(page, { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      /\.tsx?$/.test(file) && !/\.(test|fixture)\./.test(file) && !file.startsWith("messages"),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) =>
    visibleTexts(file, readFileSync(path.join(page, file), "utf8")).map(
      ({ line, text }) => `${file}:${line} ${text}`,
    ),
  );
  expect(found).toEqual([]);
});

test.each([
  ["<p>Press Run</p>", ["Press Run"]],
  ['<a title="Run" className="one two" href={at("xx yy")} />', ["Run", "xx yy"]],
  ['<a aria-label={isOn ? "On" : words.off} />', ["On"]],
  ['<a title={kind === "data set" ? at : names[kind as "data set"]} />', []],
  ['<a title={tooltip("Stop all", "cancel")} />', ["Stop all"]],
  ["const text = `five nodes found`;", ["five nodes found"]],
  ["const selector = `input, textarea .name`;", []],
  ['<p className="one two">{words.run} px</p>', []],
])("%s", (source, texts) => {
  expect(visibleTexts("a.tsx", source).map(({ text }) => text)).toEqual(texts);
});

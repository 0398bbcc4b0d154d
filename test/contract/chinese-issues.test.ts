import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chineseComposedIssues } from "../../packages/editor-ui/src/messages/issues/composed-issues-chinese.ts";
import { chineseIssues } from "../../packages/editor-ui/src/messages/issues/issues-chinese.ts";
import { errorTexts } from "../../scripts/error-texts.ts";

const packages = new URL("../../packages/", import.meta.url);

/** What only the command, a start of the server or its programmers can meet. */
const unseen = [
  /^app\/(?!ablation\/(served|plan-cells)|browse|server-host)/,
  /^engine\/(batches|objects|postgres|tasks|sqlite|node\/registry)/,
  /^engine\/(runtime\/providers|server\/(start-server|api\/(components|dataset-routes)))/,
  /^models\/(autodiff|layers|blocks|onnx\/(?!compare|finite))/,
  /^editing\/(foreign|scenes|assistants\/asking)/,
];

function readSources() {
  return ["engine", "models", "editing", "nodes", "app"].flatMap((name) => {
    const folder = new URL(`${name}/src/`, packages);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return files
      .filter((file) => /\.ts$/.test(file) && !/\.(test|test-d|fixture|contract)\./.test(file))
      .map((file) => ({
        file: `${name}/${file}`,
        text: readFileSync(new URL(file, folder), "utf8"),
      }));
  });
}

/** One word alone is a name, a code or a state. */
const isSentence = (text: string) => /\p{L}{2,} |\{\} \p{L}{2,}| \p{L}{3,}/u.test(text);

const told = [...errorTexts(readSources())]
  .filter(([text]) => isSentence(text))
  .map(([text, files]) => ({ text: text.replace(/\.$/, ""), files }));

test("every text of an error that a person can meet in the page has a Chinese one", () => {
  expect(told.length).toBeGreaterThan(900);
  const untold = told.flatMap(({ text, files }) => {
    const [file] = [...files].filter((one) => !unseen.some((place) => place.test(one)));
    return file === undefined || Object.hasOwn(chineseIssues, text) ? [] : [`${file}: ${text}`];
  });
  expect(untold).toEqual([]);
});

test("no text has a Chinese one that no error tells", () => {
  const texts = new Set(told.map(({ text }) => text));
  const left = Object.keys(chineseIssues).filter(
    (text) => !texts.has(text) && !Object.hasOwn(chineseComposedIssues, text),
  );
  expect(left).toEqual([]);
});

test("each value of a text stands in its Chinese one, once", () => {
  for (const [text, chinese] of Object.entries(chineseIssues)) {
    const values = text.split("{}").length - 1;
    if (values === 0) continue;
    const holes = [...chinese.matchAll(/\{(\d*)\}/g)].map(([, at = ""], index) =>
      at === "" ? index + 1 : Number(at),
    );
    expect(holes.sort(), text).toEqual(Array.from({ length: values }, (_, at) => at + 1));
  }
});

test("what is typed or looked up is the same in both", () => {
  for (const [text, chinese] of Object.entries(chineseIssues)) {
    for (const [name] of text.matchAll(/(?<![\w-])--[a-z-]+|`[^`{}]+`|[A-Z]+_[A-Z_]+|\w+\.json/g)) {
      expect(chinese, text).toContain(name);
    }
  }
});

import { expect, test } from "vitest";
import { chineseIssues } from "./issues-chinese.ts";
import { createIssueTranslator } from "./translate-issue.ts";

const inChinese = createIssueTranslator(chineseIssues);

test.each([
  ['nothing is connected to "image"', "“image”没有连接"],
  ["Use at most 10000.", "最多为 10000"],
  ["expected a whole number, found a list", "应为 整数，实际为 列表"],
  ['the template uses {a}, but nothing is connected to "a"', "模板使用了 {a}，但“a”没有连接"],
  ['"left" is 3 here and 4 at join.a', "“left”在这里为 3，在 join.a 处为 4"],
  [
    "at item 2 of 3, in unet/config.json, the file is not valid JSON.",
    "第 2 项（共 3 项）：unet/config.json：文件不是有效的 JSON",
  ],
  ['inner: nothing is connected to "a"', "inner：“a”没有连接"],
  [
    "the mask has 8 x 8 pixels and the picture 16 x 16 pixels",
    "蒙版为 8 x 8 像素，而图片为 16 x 16 像素",
  ],
  ['Did you mean "a.b"?', "您是指“a.b”吗？"],
])("%s", (english, chinese) => {
  expect(inChinese(english)).toBe(chinese);
});

test("names in quotes are never translated", () => {
  expect(inChinese('there is no node "undo"')).toBe("没有节点“undo”");
});

test("what is none of ours is left to its own words", () => {
  for (const text of ["ENOENT: no such file", "hm", "a: b", '"a" b', "x from y", ""]) {
    expect(inChinese(text), text).toBeUndefined();
  }
});

test("a long foreign text takes no time", () => {
  expect(inChinese(`${"a is in both b and ".repeat(20_000)}`)).toBeUndefined();
});

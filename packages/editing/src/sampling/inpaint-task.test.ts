import { expect, test } from "vitest";
import { taskPrompts } from "./inpaint-task.ts";

const encode = () => Promise.reject(new Error("not needed"));
const taught = { encode, knowsTasks: true };
const hat = { prompt: "a hat", negative: "people" };

test("each task has the words that it was trained with", () => {
  expect(taskPrompts("remove", { prompt: "", negative: "" }, taught)).toEqual({
    prompt: "P_ctxt empty scene blur",
    negative: "P_obj",
  });
  expect(taskPrompts("insert", hat, taught).prompt).toBe("P_obj a hat");
  expect(taskPrompts("insert", hat, taught).negative).toMatch(/^people, worst quality/);
  expect(taskPrompts("fit shape", hat, taught).negative).toMatch(/^P_shape people, worst/);
});

test("without a task, prompts stay as they are, whichever the encoder", () => {
  expect(taskPrompts("none", hat, { encode })).toEqual(hat);
});

test("an encoder without tasks refuses one", () => {
  expect(() => taskPrompts("remove", hat, { encode })).toThrow(
    expect.objectContaining({
      argument: "checkpoint",
      hint: expect.stringContaining("PowerPaint"),
    }),
  );
});

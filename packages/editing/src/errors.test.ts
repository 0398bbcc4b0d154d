import { expect, test } from "vitest";
import { EditingError, unfitArgument } from "./errors.ts";

test("reads as one line of two sentences, whether or not the first has its full stop", () => {
  const details = { at: "mine", hint: "Add it again." };
  const message = "checkpoint.damaged at mine: a file is missing. Hint: Add it again.";
  expect(new EditingError("checkpoint.damaged", "a file is missing.", details).message).toBe(
    message,
  );
  expect(new EditingError("checkpoint.damaged", "a file is missing", details).message).toBe(
    message,
  );
  expect(unfitArgument("path", "no file is chosen", "Choose one.").message).toBe(
    "argument.unfit at path: no file is chosen. Hint: Choose one.",
  );
});

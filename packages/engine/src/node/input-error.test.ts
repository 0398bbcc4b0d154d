import { expect, test } from "vitest";
import { toInputError } from "./input-error.ts";

const node = { inputs: { latent: {} }, params: { path: {} } };

/** As a library throws it. */
function refusal(argument: string): Error {
  return Object.assign(new Error("refused"), {
    argument,
    what: "it does not fit",
    hint: "Change it.",
  });
}

test.each([
  ["latent", { path: "inputs.latent" }],
  ["path", { path: "params.path" }],
  ["other", {}],
])("shows the argument %s of a library at the node's own place", (argument, at) => {
  const cause = refusal(argument);
  expect(toInputError(cause, node)).toMatchObject({
    code: "node.bad-input",
    what: "it does not fit",
    hint: "Change it.",
    at,
    cause,
  });
});

test("leaves other faults as they are", () => {
  const fault = new RangeError("no");
  expect(toInputError(fault, node)).toBe(fault);
  expect(toInputError("no", node)).toBe("no");
});

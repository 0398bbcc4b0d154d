import { expect, test } from "vitest";
import { departureOf } from "./departure.ts";

const signs = { code: null, signal: null, errors: "", isLarge: false };

test.each([
  ["a crash", { signal: "SIGSEGV" }, "process.crashed"],
  ["an exit of its own", { code: 7 }, "process.crashed"],
  ["a signal from outside", { signal: "SIGTERM" }, "process.lost"],
  ["a kill while it was small", { signal: "SIGKILL" }, "process.lost"],
  ["a kill while it was large", { signal: "SIGKILL", isLarge: true }, "process.memory"],
  [
    "native code without memory",
    {
      signal: "SIGABRT",
      errors: "terminate called after throwing an instance of 'std::bad_alloc'",
    },
    "process.memory",
  ],
])("[H4] %s", (_what, sign, code) => {
  expect(departureOf({ ...signs, ...sign }).code).toBe(code);
});

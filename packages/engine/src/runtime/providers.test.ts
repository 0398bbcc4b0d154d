import { describe, expect, test } from "vitest";
import { probeProviders, runtimeVersion } from "./providers.ts";

describe("providers", () => {
  test("the runtime says its version, and runs on the CPU", async () => {
    expect(runtimeVersion()).toMatch(/^\d+\.\d+\.\d+/);
    const cpu = (await probeProviders()).find(({ provider }) => provider === "cpu");
    expect(cpu).toEqual({ provider: "cpu", opens: true });
  });
});

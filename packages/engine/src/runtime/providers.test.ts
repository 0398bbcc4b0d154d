import { describe, expect, test } from "vitest";
import { checkDevice, probeProviders, runtimeVersion } from "./providers.ts";

describe("providers", () => {
  test("the runtime says its version, and runs on the CPU", async () => {
    expect(runtimeVersion()).toMatch(/^\d+\.\d+\.\d+/);
    const cpu = (await probeProviders()).find(({ provider }) => provider === "cpu");
    expect(cpu).toEqual({ provider: "cpu", opens: true });
  });

  test("a device that this machine lacks is refused with a hint", async () => {
    await checkDevice({ provider: "cpu", precision: "float32" });
    const lacking = process.platform === "win32" ? "coreml" : "dml";
    await expect(checkDevice({ provider: lacking, precision: "float32" })).rejects.toMatchObject({
      code: "device.unavailable",
      message: expect.stringMatching(new RegExp(`do not run on ${lacking}: .+doctor`, "s")),
    });
  });
});

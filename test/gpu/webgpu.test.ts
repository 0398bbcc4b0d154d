import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

/** SwiftShader, a Vulkan driver in software, as Debian's chromium brings it with its loader. */
const bundled = "/usr/lib/chromium/vk_swiftshader_icd.json";
const driver = process.env["VK_DRIVER_FILES"] ?? (existsSync(bundled) ? bundled : undefined);

/** A driver may end the process that it is loaded into, so this one only starts another. */
function runOnWebGpu(driverFile: string): Readonly<Record<string, unknown>> {
  const script = fileURLToPath(new URL("./run-on-webgpu.ts", import.meta.url));
  const libraries = [path.dirname(driverFile), process.env["LD_LIBRARY_PATH"]].filter(Boolean);
  const options = ["--conditions=@insightgraph/source", "--import", "tsx", script];
  const printed = execFileSync(process.execPath, options, {
    encoding: "utf8",
    env: {
      XDG_RUNTIME_DIR: tmpdir(),
      ...process.env,
      VK_DRIVER_FILES: driverFile,
      VK_ICD_FILENAMES: driverFile,
      LD_LIBRARY_PATH: libraries.join(path.delimiter),
    },
  });
  return JSON.parse(printed);
}

describe.skipIf(driver === undefined)("unet2dCondition on the WebGPU provider", () => {
  let reports: Readonly<Record<string, unknown>> = {};
  beforeAll(() => {
    reports = runOnWebGpu(driver ?? "");
  });

  it("agrees with diffusers in single precision", () => {
    expect(reports["float32"]).toBeLessThan(1e-4);
  });

  it("agrees with diffusers in half precision, where the device has it", ({ skip }) => {
    const report = String(reports["float16"]);
    skip(report.includes("does not support it"), report);
    expect(reports["float16"]).toBeLessThan(2e-2);
  });
});

it.runIf(driver === undefined)("needs a Vulkan driver", ({ skip }) => {
  skip("Install chromium, which brings one in software, or name one in VK_DRIVER_FILES.");
});

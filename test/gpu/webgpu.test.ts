import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** SwiftShader, a Vulkan driver in software, as Debian's chromium brings it with its loader. */
const bundled = "/usr/lib/chromium/vk_swiftshader_icd.json";
const driver = process.env["VK_DRIVER_FILES"] ?? (existsSync(bundled) ? bundled : undefined);

const fromHere = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A driver may end the process that it is loaded into, so this one only starts others. Gives what was printed. */
function runWithDriver(driverFile: string, script: string, args: readonly string[] = []): string {
  const libraries = [path.dirname(driverFile), process.env["LD_LIBRARY_PATH"]].filter(Boolean);
  const options = ["--conditions=@insightgraph/source", "--import", "tsx", script, ...args];
  return execFileSync(process.execPath, options, {
    encoding: "utf8",
    env: {
      XDG_RUNTIME_DIR: tmpdir(),
      ...process.env,
      VK_DRIVER_FILES: driverFile,
      VK_ICD_FILENAMES: driverFile,
      LD_LIBRARY_PATH: libraries.join(path.delimiter),
    },
  });
}

describe.skipIf(driver === undefined)("unet2dCondition on the WebGPU provider", () => {
  let reports: Readonly<Record<string, unknown>> = {};
  beforeAll(() => {
    reports = JSON.parse(runWithDriver(driver ?? "", fromHere("./run-on-webgpu.ts")));
  });

  test("agrees with diffusers in single precision", () => {
    expect(reports["float32"]).toBeLessThan(1e-4);
  });

  test("agrees with diffusers in half precision, where the device has it", ({ skip }) => {
    const report = String(reports["float16"]);
    skip(report.includes("does not support it"), report);
    expect(reports["float16"]).toBeLessThan(2e-2);
  });
});

describe.skipIf(driver === undefined)("edit --device webgpu", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "edit-on-webgpu-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Edits the sample picture on a device. */
  async function edit(device: string): Promise<Uint8Array> {
    const file = path.join(folder, `${device}.png`);
    const picture = fromHere("../../graphs/samples/bee-tree-penguin.png");
    const words = ["edit", picture, "remove the tree", "-o", file, "--no-cache"];
    const command = fromHere("../../packages/app/src/insightgraph.ts");
    runWithDriver(driver ?? "", command, [...words, "--device", device]);
    return new Uint8Array(await sharp(file).raw().toBuffer());
  }

  test("draws what the CPU draws, but for rounding", async () => {
    const [ours, wanted] = [await edit("webgpu"), await edit("cpu")];
    const furthest = wanted.reduce(
      (most, byte, at) => Math.max(most, Math.abs(byte - (ours[at] ?? 0))),
      0,
    );
    expect(ours.length).toBe(wanted.length);
    expect(furthest).toBeLessThanOrEqual(2);
  });
});

test.runIf(driver === undefined)("needs a Vulkan driver", ({ skip }) => {
  skip("Install chromium, which brings one in software, or name one in VK_DRIVER_FILES.");
});

import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGpuMemory } from "./gpu-memory.ts";
import { type FakeNvidiaSmi, fakeNvidiaSmi } from "./nvidia-smi.fixture.ts";

const MiB = 2 ** 20;
let driver: FakeNvidiaSmi;

beforeAll(async () => {
  driver = await fakeNvidiaSmi();
});
afterAll(() => rm(driver.folder, { recursive: true }));

const print = (...lines: readonly string[]) => lines.map((line) => `echo '${line}'`).join("\n");
const h200 = (index: number, used: string) =>
  `${index}, GPU-${index}a-b, NVIDIA H200, ${used}, 143771`;
const read = (device: string, cuda: Readonly<Record<string, string>> = {}) =>
  createGpuMemory(() => 0, { ...driver.env, ...cuda })(device);

describe.skipIf(process.platform === "win32")("the memory of a GPU", () => {
  test("is what the driver tells of the device", async () => {
    await driver.install(print(h200(0, "512"), h200(1, "2048")));
    const second = { usedBytes: 2048 * MiB, totalBytes: 143771 * MiB };
    expect(await read("cuda")).toEqual({ ...second, usedBytes: 512 * MiB });
    expect(await read("cuda:1")).toEqual(second);
    expect(await read("cuda:0", { CUDA_VISIBLE_DEVICES: "1" })).toEqual(second);
    expect(await read("cuda:0", { CUDA_VISIBLE_DEVICES: "GPU-1a" })).toEqual(second);
    expect(await read("cpu")).toBeUndefined();
    expect(await readFile(driver.calls, "utf8")).toMatch(
      /^--query-gpu=index,uuid,name,memory\.used,memory\.total --format=csv,noheader,nounits\n/,
    );
  });

  test.each([
    ["another device", "webgpu", print(h200(0, "512"))],
    ["a device that is not there", "cuda:3", print(h200(0, "512"))],
    ["a driver that does not tell", "cuda", print("0, GPU-0, NVIDIA H200, [N/A], [N/A]")],
    ["a driver that fails", "cuda", "echo 'NVIDIA-SMI has failed'; exit 9"],
    ["GPUs that CUDA may count otherwise", "cuda", print(h200(0, "1"), "1, GPU-1, T4, 2, 15360")],
  ])("is unknown of %s", async (_, device, script) => {
    await driver.install(script);
    expect(await read(device)).toBeNull();
  });

  test("is unknown without a driver", async () => {
    await rm(path.join(driver.folder, "nvidia-smi"), { force: true });
    expect(await read("cuda")).toBeNull();
  });

  test("of several kinds is known where CUDA counts as the driver does", async () => {
    await driver.install(print(h200(0, "1"), "1, GPU-1, T4, 2, 15360"));
    const inOrder = await read("cuda:1", { CUDA_DEVICE_ORDER: "PCI_BUS_ID" });
    expect(inOrder).toEqual({ usedBytes: 2 * MiB, totalBytes: 15360 * MiB });
  });

  test("is asked for once, however many pages ask at a time", async () => {
    await driver.install(print(h200(0, "512")));
    await rm(driver.calls);
    let ms = 0;
    const gpuMemory = createGpuMemory(() => ms, driver.env);
    await Promise.all([gpuMemory("cuda"), gpuMemory("cuda"), gpuMemory("cuda:0")]);
    ms = 1999;
    await gpuMemory("cuda");
    const asked = async () => (await readFile(driver.calls, "utf8")).trim().split("\n").length;
    expect(await asked()).toBe(1);
    ms = 2000;
    await gpuMemory("cuda");
    expect(await asked()).toBe(2);
  });
});

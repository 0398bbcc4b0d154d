import { rm } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FakeNvidiaSmi,
  fakeNvidiaSmi,
} from "../../packages/engine/src/host/nvidia-smi.fixture.ts";
import { openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, launchForFile } from "./serve-editor.ts";
import { type ServedEngine, serveEngine } from "./serve-engine.ts";

const gpu = { device: "cuda:0", usedBytes: 2 ** 30, limitBytes: 2 ** 32 };

describe.skipIf(isBrowserMissing)("memory of a GPU", { timeout: runTimeoutMs }, () => {
  const path = process.env["PATH"];
  let browser: Browser;
  let driver: FakeNvidiaSmi;
  let served: ServedEngine;

  launchForFile((launched) => {
    browser = launched;
  });
  beforeAll(async () => {
    driver = await fakeNvidiaSmi();
    process.env["PATH"] = `${driver.folder}:${path}`;
    // No machine of these tests has a GPU, so what runs on one is told; all else is as it is served.
    served = await serveEngine([gpu]);
  }, runTimeoutMs);
  afterAll(async () => {
    process.env["PATH"] = path;
    await served?.stop();
    await rm(driver.folder, { recursive: true });
  });

  test("stands beside the device as its driver tells it, and is called unknown without one", async () => {
    const { page, faults } = await openEditorPage(browser, served.url);
    const pill = page.locator(".device-memory").last();
    await expect.poll(() => pill.textContent()).toBe("GPU unknown");
    await driver.install("echo '0, GPU-1, NVIDIA L4, 1536, 23034'");
    await expect.poll(() => pill.textContent()).toBe("GPU 1.6 GB of 24 GB");
    expect(await pill.getAttribute("title")).toContain("cuda:0");
    expect(faults).toEqual([]);
  });
});

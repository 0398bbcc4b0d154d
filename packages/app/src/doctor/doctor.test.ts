import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkFolder, checkPort } from "./check-folders.ts";
import { checkChromium, checkMemory, checkNode, checkPlatform } from "./check-machine.ts";
import { askRuntime, libraryFinding, runtimeFindings } from "./check-runtime.ts";
import { checkWeights } from "./check-weights.ts";
import { findingText } from "./finding.ts";

const execArgv = ["--conditions=@insightgraph/source", "--import", "tsx"];
let root = "";
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "doctor-"));
});
afterAll(() => rm(root, { recursive: true }));

describe("the machine", () => {
  test.each([
    ["v20.0.0", "ok"],
    ["v26.1.0", "ok"],
    ["v18.20.0", "fail"],
  ])("node %s: %s", (version, verdict) => {
    expect(checkNode(version).verdict).toBe(verdict);
  });

  test("an unknown platform, little memory and no browser are warnings with hints", () => {
    const findings = [
      checkPlatform("plan9 mips"),
      checkMemory(2 ** 31, 2 ** 30),
      checkChromium(undefined),
      checkChromium(path.join(root, "gone")),
    ];
    for (const { verdict, hint } of findings) {
      expect({ verdict, hint }).toEqual({ verdict: "warn", hint: expect.stringMatching(/\.$/) });
    }
    expect(checkPlatform("linux x64").verdict).toBe("ok");
    expect(checkMemory(2 ** 34, 2 ** 33)).toEqual({
      name: "memory",
      verdict: "ok",
      what: "16 GiB, 8 GiB free",
    });
  });
});

describe("folders", () => {
  test("a writable one is created, measured and left unchanged", async () => {
    const folder = path.join(root, "new");
    expect((await checkFolder("data", folder)).what).toContain("holds 0 bytes");
    await writeFile(path.join(folder, "a"), "12345");
    expect(await checkFolder("data", folder)).toMatchObject({
      verdict: "ok",
      what: expect.stringContaining("holds 5 bytes"),
    });
    expect(await readdir(folder)).toEqual(["a"]);
  });

  test("one that cannot be written is a failure", async () => {
    await writeFile(path.join(root, "file"), "");
    const finding = await checkFolder("cache", path.join(root, "file", "cache"));
    expect(finding).toMatchObject({ name: "cache", verdict: "fail" });
    expect(findingText(finding)).toMatch(/^fail {2}cache: .+\n {6}Hint: .+INSIGHTGRAPH_DATA/);
  });

  test("a port in use is skipped", async () => {
    const server = await new Promise<Server>((resolve) => {
      const opened = createServer().listen(0, "127.0.0.1", () => resolve(opened));
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await checkPort(port)).toMatchObject({
      verdict: "ok",
      what: expect.stringContaining(`${port} is taken`),
    });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("weights", () => {
  test("are compared with the shipped files, to the last byte", async () => {
    const folder = path.join(root, "weights", "mini");
    await mkdir(folder, { recursive: true });
    const check = async () => (await checkWeights(path.join(root, "weights")))[0];
    await writeFile(path.join(folder, "a"), "abc");
    expect(await check()).toMatchObject({ name: "weights mini", verdict: "warn" });
    const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    await writeFile(path.join(folder, "SHA256SUMS"), `${abc}  a\n`);
    expect(await check()).toMatchObject({ verdict: "ok" });
    await writeFile(path.join(folder, "a"), "abd");
    expect(await check()).toMatchObject({ verdict: "fail", what: "a is not the shipped file" });
    await rm(path.join(folder, "a"));
    expect(await check()).toMatchObject({ verdict: "fail", what: "a cannot be read" });
    expect((await checkWeights(path.join(root, "none")))[0]?.verdict).toBe("fail");
  });
});

describe("the runtime", () => {
  test("opens at least the CPU; the process that tries it may not even start", async () => {
    expect(runtimeFindings(await askRuntime(undefined, execArgv))).toEqual(
      expect.arrayContaining([
        { name: "onnxruntime", verdict: "ok", what: expect.stringMatching(/^\d+\.\d+\.\d+/) },
        { name: "provider cpu", verdict: "ok", what: "opens and computes correctly" },
      ]),
    );
    const gone = new URL(`file://${root}/gone.mjs`);
    expect(runtimeFindings(await askRuntime(gone, execArgv))).toMatchObject([
      { name: "onnxruntime", verdict: "fail", what: expect.stringContaining("gone.mjs") },
    ]);
  });

  test("a provider that does not open is a warning, without the CPU a failure", () => {
    const providers = ["cpu", "cuda"].map((provider) => ({
      provider,
      opens: false,
      why: "no library\nin many words",
    }));
    expect(runtimeFindings({ version: "1", providers }).slice(1)).toMatchObject([
      { verdict: "fail", what: "no library" },
      { verdict: "warn", what: "no library" },
    ]);
    const why = "/src/a.cc:10 f() result was false. Failed to get an adapter";
    const webgpu = runtimeFindings({
      version: "1",
      providers: [{ provider: "webgpu", opens: false, why }],
    });
    expect(webgpu[1]?.what).toBe("Failed to get an adapter");
    const library = { sharp: "0", libvips: "8", unread: ["AVIF"] };
    expect(libraryFinding(library).what).toBe("sharp 0, libvips 8 cannot read AVIF");
  });
});

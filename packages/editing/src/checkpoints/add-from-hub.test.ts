import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type AddFromHubOptions, addFromHub } from "./add-from-hub.ts";
import { type FakeHub, fakePipeline, fakeWeights, startFakeHub } from "./fake-hub.fixture.ts";
import { findComponent } from "./find-component.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { removeCheckpoint } from "./remove-checkpoint.ts";
import { verifyCheckpoint } from "./verify-checkpoint.ts";

const repositoryId = "timbrooks/instruct-pix2pix";
const unetFile = "unet/diffusion_pytorch_model.safetensors";
const pipeline = fakePipeline();
const unet = pipeline.files.get(unetFile) ?? Buffer.alloc(0);

let hub: FakeHub;
let store = "";
beforeEach(async () => {
  hub = await startFakeHub();
  hub.repositories.set(repositoryId, pipeline);
  store = await mkdtemp(path.join(tmpdir(), "insightgraph-store-"));
  for (const name of ["HF_TOKEN", "HF_ENDPOINT", "INSIGHTGRAPH_OFFLINE", "HF_HUB_OFFLINE"]) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
  await rm(store, { recursive: true });
});

function add(options: Partial<AddFromHubOptions> = {}) {
  const pause = async (): Promise<void> => {};
  return addFromHub({ store, id: repositoryId, endpoint: hub.endpoint, pause, ...options });
}

const stored = (file: string): string => path.join(store, "instruct-pix2pix", file);
const asked = (file: string): readonly (string | undefined)[] =>
  hub.requests
    .filter(({ url }) => url.startsWith("/cdn/") && url.endsWith(file))
    .map(({ range }) => range);
const thrown = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

describe("adding", () => {
  test("fetches what the pipeline needs, and no more", async () => {
    const manifest = await add();
    expect(manifest).toMatchObject({
      name: "instruct-pix2pix",
      source: `hf:${repositoryId}`,
      commit: pipeline.commit,
      licence: "mit",
      pipeline: "StableDiffusionInstructPix2PixPipeline",
    });
    expect(Object.keys(manifest.components)).toEqual(["unet", "vae", "tokenizer", "scheduler"]);
    expect(manifest.components["unet"]).toMatchObject({
      architecture: "UNet2DConditionModel",
      library: "diffusers",
      dtype: "float16",
      config: "unet/config.json",
    });
    const fetched = hub.requests.filter(({ url }) => url.includes("/resolve/"));
    expect(fetched.some(({ url }) => /\.bin|\.py|safety_checker|README/.test(url))).toBe(false);
    expect((await readFile(stored(unetFile))).equals(unet)).toBe(true);
    expect((await readdir(stored("."))).sort()).toEqual(
      ["manifest.json", "model_index.json", "scheduler", "tokenizer", "unet", "vae"].sort(),
    );
  });

  test("makes its parts findable, with digests of their content", async () => {
    await add();
    const found = await findComponent("instruct-pix2pix", "unet", store);
    expect(found).toMatchObject({
      folder: stored("unet"),
      files: [stored(unetFile)],
      configPath: stored("unet/config.json"),
      config: { _class_name: "UNet2DConditionModel" },
      className: "UNet2DConditionModel",
      licence: "mit",
    });
    const scheduler = await findComponent("instruct-pix2pix", "scheduler", store);
    expect(scheduler.config).toMatchObject({
      lambda_min_clipped: Number.NEGATIVE_INFINITY,
      note: "-Infinity",
    });
    const before = found.digest;
    await removeCheckpoint(store, "instruct-pix2pix");
    await add({ name: "other" });
    expect((await findComponent("other", "unet", store)).digest).toBe(before);
    expect((await findComponent("other", "vae", store)).digest).not.toBe(before);
  });

  test("takes branches with slashes, as pull requests have", async () => {
    const manifest = await add({ revision: "refs/pr/7", only: ["scheduler"] });
    expect(manifest.commit).toBe(pipeline.commit);
  });

  test("reports how far it is", async () => {
    const seen: number[] = [];
    const ended: string[] = [];
    await add({
      onProgress({ path: file, done, total, allDone, allTotal }) {
        seen.push(allDone / allTotal);
        if (done === total) ended.push(file);
      },
    });
    expect(seen.at(-1)).toBe(1);
    expect(seen.every((share) => share >= 0 && share <= 1)).toBe(true);
    // Each file ends once.
    expect(new Set(ended).size).toBe(ended.length);
    expect(ended).toContain(unetFile);
  });

  test("gains the parts that are named later, and fetches none twice", async () => {
    await add({ only: ["unet"] });
    expect(asked(unetFile)).toHaveLength(1);
    const manifest = await add({ only: ["vae", "scheduler"] });
    expect(Object.keys(manifest.components)).toEqual(["unet", "vae", "scheduler"]);
    await add();
    expect(asked(unetFile)).toHaveLength(1);
  });

  test("refuses a name that is used for another source", async () => {
    await add({ only: ["vae"] });
    hub.repositories.set("other/instruct-pix2pix", pipeline);
    await expect(add({ id: "other/instruct-pix2pix" })).rejects.toEqual(
      thrown("checkpoint.exists", { hint: expect.stringContaining("--as NAME") }),
    );
    hub.repositories.set(repositoryId, { ...pipeline, commit: "b".repeat(40) });
    await expect(add()).rejects.toEqual(thrown("checkpoint.exists"));
    await expect(add({ name: "../outside" })).rejects.toEqual(thrown("checkpoint.name"));
  });

  test("takes shards with their index", async () => {
    const index = {
      metadata: {},
      weight_map: { a: "model-00001-of-00002.safetensors", b: "model-00002-of-00002.safetensors" },
    };
    hub.repositories.set("me/sharded", {
      commit: "c".repeat(40),
      files: new Map([
        ["config.json", Buffer.from(`{"architectures":["LlavaForConditionalGeneration"]}`)],
        ["model.safetensors.index.json", Buffer.from(JSON.stringify(index))],
        ["model-00001-of-00002.safetensors", fakeWeights("a", 3000)],
        ["model-00002-of-00002.safetensors", fakeWeights("b", 3000)],
      ]),
    });
    await add({ id: "me/sharded" });
    const found = await findComponent("sharded", "model", store);
    expect(found.className).toBe("LlavaForConditionalGeneration");
    expect(found.files.map((file) => path.basename(file))).toEqual([
      "model-00001-of-00002.safetensors",
      "model-00002-of-00002.safetensors",
    ]);
  });
});

describe("a bad connection", () => {
  test("is resumed where it broke, again and again", async () => {
    hub.fault = (file, attempt) =>
      file === unetFile && attempt <= 6 ? { cutAfter: 300_000 } : undefined;
    await add();
    expect((await readFile(stored(unetFile))).equals(unet)).toBe(true);
    const ranges = asked(unetFile).slice(1);
    expect(ranges.length).toBeGreaterThanOrEqual(6);
    expect(ranges.every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ""))).toBe(true);
  });

  test("keeps a partial download when it gives up, and resumes it", async () => {
    hub.fault = (file, attempt) =>
      file === unetFile ? { cutAfter: attempt === 1 ? 1_000_000 : 0 } : undefined;
    await expect(add()).rejects.toEqual(
      thrown("hub.unreachable", { hint: expect.stringContaining("to resume the download") }),
    );
    const { size } = await stat(stored(`${unetFile}.part`));
    expect(size).toBeGreaterThan(0);
    const [listed] = await listCheckpoints(store);
    expect(listed?.problem).toContain("add it again to resume");
    await expect(findComponent("instruct-pix2pix", "unet", store)).rejects.toThrow(/no checkpoint/);
    hub.fault = () => undefined;
    const before = asked(unetFile).length;
    await add();
    expect(asked(unetFile).slice(before)).toEqual([`bytes=${size}-`]);
    expect((await readFile(stored(unetFile))).equals(unet)).toBe(true);
  });

  test("starts over with a server that knows no ranges", async () => {
    hub.fault = (file, attempt) =>
      file === unetFile ? (attempt === 1 ? { cutAfter: 500_000 } : "ignore-range") : undefined;
    await add();
    expect((await readFile(stored(unetFile))).equals(unet)).toBe(true);
  });

  test("may be a server error", async () => {
    hub.fault = (file, attempt) => (file === unetFile && attempt < 3 ? { status: 503 } : undefined);
    await add();
    hub.fault = (file) => (file.startsWith("vae/diff") ? { status: 500 } : undefined);
    await removeCheckpoint(store, "instruct-pix2pix");
    await expect(add()).rejects.toEqual(
      thrown("hub.failed", { what: expect.stringContaining("500") }),
    );
  });

  test("is reported when no server answers", async () => {
    const { endpoint } = hub;
    await hub.close();
    hub = await startFakeHub();
    await expect(add({ endpoint })).rejects.toEqual(
      thrown("hub.unreachable", { what: expect.stringContaining("ECONNREFUSED") }),
    );
  });
});

describe("a downloaded checkpoint", () => {
  test("is refused when its checksum is another, small files and large ones", async () => {
    for (const bad of ["unet/config.json", unetFile]) {
      hub.fault = (file) => (file === bad ? "corrupt" : undefined);
      await expect(add()).rejects.toEqual(thrown("checkpoint.damaged", { at: bad }));
      await expect(stat(stored(`${bad}.part`))).rejects.toThrow();
      await expect(stat(stored(bad))).rejects.toThrow();
    }
    hub.fault = () => undefined;
    await add();
  });

  test("is downloaded again when an earlier attempt left other content", async () => {
    hub.fault = (file) => (file === unetFile ? { cutAfter: 0 } : undefined);
    await expect(add()).rejects.toThrow();
    hub.fault = () => undefined;
    await writeFile(stored(`${unetFile}.part`), Buffer.alloc(unet.length, 3));
    await add();
    expect((await readFile(stored(unetFile))).equals(unet)).toBe(true);
  });

  test("of an older commit is not mixed with the new one's", async () => {
    hub.fault = (file) => (file.startsWith("vae/diff") ? { status: 500 } : undefined);
    await expect(add()).rejects.toThrow();
    expect((await stat(stored(unetFile))).size).toBe(unet.length);
    const other = Buffer.from(unet);
    other[unet.length - 1] = 99;
    const files = new Map(pipeline.files).set(unetFile, other);
    hub.repositories.set(repositoryId, { ...pipeline, commit: "d".repeat(40), files });
    hub.fault = () => undefined;
    await add();
    expect((await readFile(stored(unetFile))).equals(other)).toBe(true);
  });

  test("is refused when it is no safetensors file inside", async () => {
    const pickle = Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(3000, 5)]);
    const files = new Map(pipeline.files).set(unetFile, pickle);
    hub.repositories.set(repositoryId, { ...pipeline, files });
    await expect(add()).rejects.toEqual(
      thrown("checkpoint.damaged", { what: expect.stringContaining("pickle") }),
    );
  });

  test("is checked again by verify", async () => {
    const manifest = await add();
    const root = path.join(store, manifest.name);
    expect(await verifyCheckpoint(store, { root, manifest })).toEqual([]);
    const bytes = Buffer.from(unet);
    bytes[70_000] = (bytes[70_000] ?? 0) ^ 1;
    await writeFile(stored(unetFile), bytes);
    await rm(stored("vae/config.json"));
    expect(await verifyCheckpoint(store, { root, manifest })).toEqual([
      { path: unetFile, what: "changed" },
      { path: "vae/config.json", what: "missing" },
    ]);
    await expect(findComponent("instruct-pix2pix", "vae", store)).rejects.toThrow(/verify/);
  });
});

describe("a refusal", () => {
  test("that sends more than it declares is cut at once", async () => {
    hub.fault = (file) => (file === unetFile ? { surplus: 50_000_000 } : undefined);
    let most = 0;
    const onProgress: AddFromHubOptions["onProgress"] = ({ done }) => {
      most = Math.max(most, done);
    };
    await expect(add({ onProgress })).rejects.toEqual(
      thrown("checkpoint.damaged", { at: unetFile }),
    );
    expect(most).toBeLessThan(2 * unet.length);
    await expect(stat(stored(`${unetFile}.part`))).rejects.toThrow("ENOENT");
  });

  test("that stalls is given up after a time and goes on", async () => {
    hub.fault = (file, attempt) =>
      file === unetFile && attempt === 1 ? { stallAfter: 1000 } : undefined;
    await add({ stallMs: 2000 });
    expect(asked(unetFile).length).toBeGreaterThan(1);
    expect((await readFile(stored(unetFile))).equals(unet)).toBe(true);
  });

  test("of a hub whose listing leads to another host stays with the hub, and so does the token", async () => {
    const other = await startFakeHub();
    hub.nextPage = `${other.endpoint}/api/models/${repositoryId}/tree/main?cursor=4`;
    await expect(add({ token: "hf_secret" })).rejects.toEqual(
      thrown("hub.failed", { message: expect.stringContaining("another host") }),
    );
    expect(other.requests).toEqual([]);
    await other.close();
  });

  test("of a hub whose listing never ends is given up", async () => {
    hub.nextPage = `${hub.endpoint}/api/models/${repositoryId}/tree/${pipeline.commit}?cursor=4`;
    await expect(add()).rejects.toEqual(
      thrown("hub.failed", { message: expect.stringContaining("does not end") }),
    );
  });

  test("of a repository that is not there says so", async () => {
    await expect(add({ id: "timbrooks/none" })).rejects.toEqual(
      thrown("hub.missing", { hint: expect.stringContaining("Check the spelling") }),
    );
    await expect(add({ revision: "fp16" })).rejects.toEqual(
      thrown("hub.missing", { what: "there is no such revision." }),
    );
    await expect(add({ only: ["unett"] })).rejects.toEqual(thrown("checkpoint.part"));
    // Nothing half-made is left behind.
    expect((await listCheckpoints(store)).every(({ isShipped }) => isShipped)).toBe(true);
  });

  test("of a gated one names the page and the token", async () => {
    hub.repositories.set(repositoryId, { ...pipeline, gatedBy: "hf_right" });
    await expect(add()).rejects.toEqual(
      thrown("hub.gated", {
        hint: expect.stringMatching(/Accept .*instruct-pix2pix, then set HF_TOKEN/),
      }),
    );
    await expect(add({ token: "hf_wrong" })).rejects.toEqual(thrown("hub.gated"));
    await expect(add({ token: "right" })).rejects.toEqual(thrown("hub.token"));
    vi.stubEnv("HF_TOKEN", "hf_right");
    await add();
  });

  test("is the user's own when offline", async () => {
    vi.stubEnv("INSIGHTGRAPH_OFFLINE", "1");
    await expect(add()).rejects.toEqual(
      thrown("hub.offline", { what: "INSIGHTGRAPH_OFFLINE forbids the network." }),
    );
    expect(hub.requests).toEqual([]);
  });

  test("to a disk that is too small fails before the first byte", async () => {
    const sparse = Object.defineProperty(Buffer.from(unet), "length", { value: 9e15 });
    // The listing alone tells the size.
    const files = new Map(pipeline.files).set(unetFile, sparse);
    hub.repositories.set(repositoryId, { ...pipeline, files });
    await expect(add()).rejects.toEqual(thrown("checkpoint.space"));
    expect(asked(unetFile)).toEqual([]);
  });

  test("of paths that lead elsewhere is ours", async () => {
    const files = new Map(pipeline.files).set("../../evil.safetensors", Buffer.alloc(3));
    hub.repositories.set(repositoryId, { ...pipeline, files });
    await expect(add()).rejects.toEqual(thrown("hub.failed"));
    expect(await readdir(store)).toEqual([]);
  });

  test("of a second process at the same checkpoint names the first", async () => {
    await mkdir(stored("."), { recursive: true });
    await writeFile(stored("add.lock"), String(process.ppid));
    await expect(add()).rejects.toEqual(thrown("checkpoint.busy"));
    // No process has this number: its owner was killed.
    await writeFile(stored("add.lock"), "4194305");
    await add();
  });
});

test("knows a digest that can be computed by hand", async () => {
  const manifest = await add({ only: ["tokenizer"] });
  const digest = createHash("sha256");
  for (const name of ["merges.txt", "vocab.json"]) {
    const content = pipeline.files.get(`tokenizer/${name}`) ?? Buffer.alloc(0);
    digest.update(`${name}\0${createHash("sha256").update(content).digest("hex")}\n`);
  }
  expect(manifest.components["tokenizer"]?.digest).toBe(digest.digest("hex"));
});

import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestFiles } from "./describe-component.ts";
import { fakeWeights } from "./fake-hub.fixture.ts";
import { findComponent } from "./find-component.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { locateCheckpoint } from "./locate-checkpoint.ts";
import { type ManifestFile, writeManifest } from "./manifest.ts";
import { verifyCheckpoint } from "./verify-checkpoint.ts";

const frozen = fakeWeights("frozen", 1);
let store = "";

const fileOf = (name: string, content: Uint8Array): ManifestFile => ({
  ...{ path: name, bytes: content.length },
  sha256: createHash("sha256").update(content).digest("hex"),
});

async function writeCheckpoint(name: string, files: readonly ManifestFile[]): Promise<void> {
  await mkdir(path.join(store, name), { recursive: true });
  const model = { bytes: 0, digest: digestFiles(files, ""), files };
  const head = { format: "insightgraph-checkpoint", version: 1, source: "trained" } as const;
  await writeManifest(store, { ...head, name, components: { model } });
}

async function writeHolder(content: Uint8Array): Promise<void> {
  await writeCheckpoint("holder", [fileOf("frozen.safetensors", content)]);
  await writeFile(path.join(store, "holder/frozen.safetensors"), content);
}

async function verify(name: string, digests?: Map<string, string>) {
  const located = await locateCheckpoint(store, name);
  if (located === undefined) throw new Error(`${name} is not there`);
  return verifyCheckpoint(store, located, { digests });
}

beforeEach(async () => {
  store = await mkdtemp(path.join(tmpdir(), "insightgraph-shared-"));
  await writeHolder(frozen);
  const own = fakeWeights("own", 2);
  const shared = { ...fileOf("frozen.safetensors", frozen), from: "holder" };
  await writeCheckpoint("variant", [fileOf("model.safetensors", own), shared]);
  await writeFile(path.join(store, "variant/model.safetensors"), own);
});
afterEach(() => rm(store, { recursive: true }));

test("a shared file is read where its holder keeps it", async () => {
  const { files } = await findComponent("variant", "model", store);
  expect(files).toEqual([
    path.join(store, "variant/model.safetensors"),
    path.join(store, "holder/frozen.safetensors"),
  ]);
  expect(await verify("variant")).toEqual([]);
});

test("a holder that was made anew with other content is refused, and so is a missing one", async () => {
  await writeHolder(fakeWeights("other", 1));
  await expect(findComponent("variant", "model", store)).rejects.toMatchObject({
    code: "checkpoint.damaged",
    at: "variant",
    what: expect.stringMatching(/holder\/frozen\.safetensors.*not the one that it was made with/),
  });
  await rm(path.join(store, "holder"), { recursive: true });
  await expect(findComponent("variant", "model", store)).rejects.toMatchObject({
    code: "checkpoint.damaged",
    what: expect.stringMatching(/holder\/frozen\.safetensors.*is missing/),
  });
});

test("a damaged shared file is reported by both, and read once for both", async () => {
  const damaged = Uint8Array.from(frozen);
  damaged.set([damaged.at(-1) === 0 ? 1 : 0], damaged.length - 1);
  await writeFile(path.join(store, "holder/frozen.safetensors"), damaged);
  const digests = new Map<string, string>();
  expect(await verify("holder", digests)).toEqual([
    { path: "frozen.safetensors", what: "changed" },
  ]);
  // Had it been read again, the whole file would pass.
  await writeFile(path.join(store, "holder/frozen.safetensors"), frozen);
  const fault = { path: "holder/frozen.safetensors", what: "changed" };
  expect(await verify("variant", digests)).toEqual([fault]);
  expect(await verify("variant")).toEqual([]);
});

test("a holder's name cannot lead out of the store", async () => {
  const shared = { ...fileOf("frozen.safetensors", frozen), from: "../holder" };
  await writeCheckpoint("outside", [shared]);
  await expect(findComponent("outside", "model", store)).rejects.toMatchObject({
    code: "checkpoint.damaged",
  });
});

test("every checkpoint that ships is whole, and its size counts its own files", async () => {
  const shipped = (await listCheckpoints(store)).filter(({ isShipped }) => isShipped);
  expect(shipped.length).toBeGreaterThan(5);
  for (const { root, manifest } of shipped) {
    if (manifest === undefined) throw new Error(`${root} has no manifest`);
    expect(await verifyCheckpoint(store, { root, manifest })).toEqual([]);
    for (const { files, bytes } of Object.values(manifest.components)) {
      const own = files.filter(({ from }) => from === undefined);
      expect(bytes).toBe(own.reduce((sum, file) => sum + file.bytes, 0));
    }
  }
});

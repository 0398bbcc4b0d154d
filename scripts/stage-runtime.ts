import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly main: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const { resolve } = createRequire(new URL("../packages/engine/package.json", import.meta.url));

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as Manifest;
}

/**
 * Puts ONNX Runtime into a `node_modules` folder, for these platforms alone and without its install
 * script: on Linux that one fetches CUDA libraries from NuGet, and where NuGet cannot be reached,
 * npm installs nothing at all.
 * @param platforms Such as `linux-x64`.
 * @returns what it needs from the registry besides, in the versions that were tested
 */
export async function stageRuntime(
  modules: string,
  platforms: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const from = path.dirname(resolve("onnxruntime-node/package.json"));
  const to = path.join(modules, "onnxruntime-node");
  const binaries = platforms.map((name) => path.join("bin/napi-v6", ...name.split("-")));
  for (const part of ["dist", "script", ...binaries]) {
    await cp(path.join(from, part), path.join(to, part), { recursive: true, dereference: true });
  }
  const { name, version, license, main, dependencies } = await readManifest(from);
  await mkdir(to, { recursive: true });
  await writeFile(path.join(to, "package.json"), JSON.stringify({ name, version, license, main }));
  const needed = Object.keys(dependencies).map(async (dependency) => {
    // It stands beside the packages that it needs.
    const { version: tested } = await readManifest(path.join(from, "..", dependency));
    return [dependency, tested];
  });
  return Object.fromEntries(await Promise.all(needed));
}

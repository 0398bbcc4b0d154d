// Makes one tarball of the command: compiled code, page, graphs and weights. `npx ./insightgraph-VERSION.tgz`
// runs it on a machine that has Node alone; what is not ours is installed from the registry. ONNX Runtime is in
// the tarball, for the platform of this machine or those of `--platform`, such as `--platform darwin-arm64`.
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { stageRuntime } from "./stage-runtime.ts";
import { thirdPartyLicences } from "./third-party-licences.ts";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL("../", import.meta.url));
/** Packages that the command imports; they go into the tarball as bundled dependencies. */
const bundled = ["engine", "models", "editing", "nodes", "client"];
/** Folders of theirs, besides the code. */
const contents: Readonly<Record<string, readonly string[]>> = {
  models: ["weights"],
  editing: ["data"],
};

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as Manifest;
}

async function writeJson(file: string, value: object): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Compiled code, without what only tests and editors need. */
async function copyCode(from: string, to: string): Promise<void> {
  const files = await readdir(from, { recursive: true });
  const isCode = (file: string): boolean =>
    /\.(js|json)$/.test(file) && !/\.(test|test-d|contract|fixture)\.js$/.test(file);
  for (const file of files.filter(isCode)) await cp(path.join(from, file), path.join(to, file));
}

/** A bundled package: its code, and exports without the sources. */
async function stageBundled(name: string, stage: string): Promise<void> {
  const from = path.join(root, "packages", name);
  const to = path.join(stage, "node_modules/@insightgraph", name);
  const { exports = {}, dependencies: _dependencies, ...manifest } = await readManifest(from);
  const compiled = Object.entries(exports).map(([key, { default: file }]) => [key, file]);
  await writeJson(path.join(to, "package.json"), {
    ...{
      name: manifest.name,
      version: manifest.version,
      license: manifest.license,
      type: "module",
    },
    exports: Object.fromEntries(compiled),
  });
  await copyCode(path.join(from, "dist"), path.join(to, "dist"));
  for (const folder of contents[name] ?? []) {
    await cp(path.join(from, folder), path.join(to, folder), { recursive: true });
  }
}

/** Everything that is not ours, in the versions that were tested. */
async function thirdParty(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of [...bundled, "app"]) {
    const { dependencies = {} } = await readManifest(path.join(root, "packages", name));
    for (const [dependency, version] of Object.entries(dependencies)) {
      if (!version.startsWith("workspace:")) found[dependency] = version;
    }
  }
  return found;
}

/** @param needed What the runtime needs from the registry */
async function stageManifest(
  stage: string,
  platforms: readonly string[],
  needed: Readonly<Record<string, string>>,
): Promise<void> {
  const { name, version, description, license } = await readManifest(root);
  const own = bundled.map((folder) => [`@insightgraph/${folder}`, version]);
  // npm says so where the tarball is for another platform.
  const [os, cpu] = [0, 1].map((part) => [
    ...new Set(platforms.map((one) => one.split("-")[part])),
  ]);
  await writeJson(path.join(stage, "package.json"), {
    ...{ name, version, description, license, type: "module", engines: { node: ">=20" }, os, cpu },
    bin: { insightgraph: "packages/app/dist/insightgraph.js" },
    dependencies: { ...(await thirdParty()), ...needed, ...Object.fromEntries(own) },
    bundleDependencies: ["onnxruntime-node", ...own.map(([dependency]) => dependency)],
  });
}

function trackedFiles(folder: string): string[] {
  return execFileSync("git", ["ls-files", "-z", folder], { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter((file) => file !== "");
}

/** Puts together what the tarball holds. */
async function fillStage(stage: string, platforms: readonly string[]): Promise<void> {
  for (const name of bundled) await stageBundled(name, stage);
  const app = path.join(root, "packages/app");
  await copyCode(path.join(app, "dist"), path.join(stage, "packages/app/dist"));
  await writeJson(path.join(stage, "packages/app/package.json"), { type: "module" });
  const page = "packages/editor-ui/dist/app";
  await cp(path.join(root, page), path.join(stage, page), { recursive: true });
  const texts = trackedFiles("docs").filter((file) => /\.(md|json)$/.test(file));
  for (const file of ["README.md", "LICENSE", ...texts, ...trackedFiles("graphs")]) {
    await cp(path.join(root, file), path.join(stage, file));
  }
  await writeFile(path.join(stage, "THIRD-PARTY-LICENCES.md"), thirdPartyLicences(root));
  const needed = await stageRuntime(path.join(stage, "node_modules"), platforms);
  await stageManifest(stage, platforms, needed);
}

const thisPlatform = `${process.platform}-${process.arch}`;

/** Writes the tarball into a folder. @returns its path */
export async function packCommand(
  target: string,
  platforms: readonly string[] = [thisPlatform],
): Promise<string> {
  // Compiles the code and builds the page where they are not up to date.
  const start = path.join(root, "scripts/start.mjs");
  execFileSync(process.execPath, [start, "--help"], { stdio: ["ignore", "ignore", "inherit"] });
  const stage = await mkdtemp(path.join(tmpdir(), "insightgraph-pack-"));
  try {
    await fillStage(stage, platforms);
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", path.resolve(target)];
    const said = execFileSync("npm", args, { cwd: stage, encoding: "utf8" });
    const [{ filename }] = JSON.parse(said) as [{ filename: string }];
    return path.join(path.resolve(target), filename);
  } finally {
    await rm(stage, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: { platform: { type: "string", multiple: true } },
    allowPositionals: true,
  });
  const [target = process.env["INIT_CWD"] ?? "."] = positionals;
  console.log(await packCommand(target, values.platform));
}

/**
 * Collects what a bare Linux x64 machine lacks to run InsightGraph on its GPU, in parts of at most 60 MiB:
 *
 *     npx tsx test/gpu/kit/pack.ts
 *
 * Parts and their manifest lie in `test/gpu/kit/parts` then; equal content gives equal parts. docs/gpu.md says how they
 * travel.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fetchCudaProvider } from "./cuda-provider.ts";
import { packedInputs } from "./packed-inputs.ts";
import { planCalls } from "./plan-calls.ts";
import { type Archive, writeArchive, writeManifest } from "./write-archive.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const here = path.join(root, "test/gpu/kit");
const stage = path.join(here, "stage");
const app = path.join(stage, "project/packages/app");
const runtime = "packages/app/node_modules/onnxruntime-node/bin/napi-v6/linux/x64";

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
}

/** The built command with its production dependencies, as plain files. */
function stageCommand(): void {
  run(process.execPath, ["node_modules/typescript/bin/tsc", "-b"]);
  const flat = ["--config.node-linker=hoisted", "--config.package-import-method=copy"];
  const deploy = ["--filter", "@insightgraph/app", "deploy", "--prod", "--legacy", ...flat, app];
  run("npx", ["--yes", "pnpm@12.21.0", ...deploy]);
  const binaries = path.join(app, "node_modules/onnxruntime-node/bin/napi-v6");
  for (const system of readdirSync(binaries)) {
    if (system !== "linux") rmSync(path.join(binaries, system), { recursive: true });
  }
  rmSync(path.join(binaries, "linux/arm64"), { recursive: true, force: true });
  const scope = path.join(app, "node_modules/@insightgraph");
  for (const folder of [app, ...readdirSync(scope).map((name) => path.join(scope, name))]) {
    rmSync(path.join(folder, "src"), { recursive: true, force: true });
    rmSync(path.join(folder, "tsconfig.tsbuildinfo"), { force: true });
  }
}

/** What the steps read, each where it looks for it. */
function stageInputs(): void {
  for (const file of ["package.json", "pnpm-lock.yaml"]) {
    copyFileSync(path.join(root, file), path.join(stage, "project", file));
  }
  for (const [from, to] of Object.entries(packedInputs)) {
    cpSync(path.join(root, from), path.join(stage, "project", to), { recursive: true });
  }
}

/** One file a step, with everything in it but native modules. */
function stageSteps(): void {
  const steps = readdirSync(path.join(here, "steps")).filter((file) => !file.endsWith(".test.ts"));
  run(path.join(root, "packages/app/node_modules/.bin/esbuild"), [
    ...steps.map((file) => path.join(here, "steps", file)),
    ...["--bundle", "--platform=node", "--format=esm", "--log-level=warning"],
    ...["--conditions=@insightgraph/source", "--external:onnxruntime-node", "--external:sharp"],
    ...[`--outdir=${path.join(app, "prove")}`, "--out-extension:.js=.mjs"],
  ]);
}

function stageNode(): void {
  const node = path.join(stage, "node/node");
  mkdirSync(path.dirname(node), { recursive: true });
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);
  run("strip", [node]);
}

function stageCuda(): void {
  const folder = path.join(stage, "cuda", runtime);
  mkdirSync(folder, { recursive: true });
  fetchCudaProvider(path.join(here, "downloads"), folder);
}

rmSync(stage, { recursive: true, force: true });
stageCommand();
stageInputs();
stageSteps();
stageNode();
stageCuda();
const parts = path.join(here, "parts");
const archives: Archive[] = ["node", "project", "cuda"].map((name) =>
  writeArchive(name, path.join(stage, name), parts),
);
writeManifest(archives, parts);
planCalls(archives.flatMap((archive) => archive.parts)).forEach((call, at) => {
  const carried = call.map(({ file, bytes }) => `${file} (${(bytes / 2 ** 20).toFixed(1)} MiB)`);
  console.log(`call ${at + 1}: manifest.json, ${carried.join(", ")}`);
});
rmSync(stage, { recursive: true });

/**
 * Rehearses docs/gpu.md without a GPU: packs, carries one part at a time into a fresh folder, unpacks and proves on the
 * CPU with narrow networks, in an environment with nothing but Python and, where that may be had, no network.
 *
 *     npx tsx test/gpu/kit/rehearse.ts
 *
 * PYTHON names an interpreter; the steps beside PyTorch are left out where it has none.
 */
import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Archive } from "./write-archive.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const missing = 75;
const limitSeconds = 900;

const folder = mkdtempSync(path.join(tmpdir(), "gpu-rehearsal-"));
const kit = path.join(folder, "kit");
const arriving = path.join(folder, "arriving");
const tools = path.join(folder, "tools");
const out = path.join(folder, "out");

function timed<T>(what: string, task: () => T): T {
  const start = performance.now();
  const result = task();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

/** A folder of commands that holds Python alone. */
function layOutTools(): void {
  const options = ["-c", "import sys; print(sys.executable)"];
  const interpreter = process.env["PYTHON"] ?? "python3";
  const python = execFileSync(interpreter, options, { encoding: "utf8" }).trim();
  mkdirSync(tools);
  const script = `#!/bin/sh\nexec ${python} "$@"\n`;
  writeFileSync(path.join(tools, "python3"), script, { mode: 0o755 });
}

const isolation = spawnSync("unshare", ["-n", "true"]).status === 0 ? ["unshare", "-n"] : [];

/** Runs a script as on a machine that has only Python. */
function runBare(script: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  const clean = ["env", "-i", `PATH=${tools}`, path.join(tools, "python3")];
  const [command = "", ...rest] = [...isolation, ...clean, path.join(here, script), ...args];
  return spawnSync(command, rest, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function expectStatus({ status, stdout }: SpawnSyncReturns<string>, wanted: number): void {
  if (status === wanted) return;
  throw new Error(`ended with ${status}, not ${wanted}:\n${stdout}`);
}

/** Each part comes in a call of its own, with the manifest. */
function carry(): void {
  const parts = path.join(here, "parts");
  const manifest = readFileSync(path.join(parts, "manifest.json"), "utf8");
  const { archives } = JSON.parse(manifest) as { readonly archives: readonly Archive[] };
  const files = archives.flatMap((archive) => archive.parts.map(({ file }) => file));
  files.forEach((file, at) => {
    rmSync(arriving, { recursive: true, force: true });
    mkdirSync(arriving);
    for (const name of ["manifest.json", file]) {
      copyFileSync(path.join(parts, name), path.join(arriving, name));
    }
    const ended = timed(file, () => runBare("unpack.py", arriving, kit));
    expectStatus(ended, at === files.length - 1 ? 0 : missing);
  });
}

const pack = ["--import", "tsx", path.join(here, "pack.ts")];
timed("pack", () => execFileSync(process.execPath, pack, { stdio: "inherit" }));
layOutTools();
carry();
const options = ["--limit", `${limitSeconds}`, "--device", "cpu", "--small", "--out", out];
const proof = timed("prove", () => runBare("prove.py", kit, ...options));
console.log(proof.stdout);
console.log(
  `${isolation.length > 0 ? "without" : "with"} a network; what came back lies in ${out}`,
);
expectStatus(proof, 0);

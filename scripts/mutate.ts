// `npm run mutate -- FOLDER... [--sample N] [--seed S]`: changes the sources in small ways, one at a time, and
// reports the changes that no related test notices. See docs/testing.md.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Mutation, mutationsOf, sample } from "./mutations.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
const baselineLimitMs = 180_000;
/** Test runs side by side. */
const concurrency = 2;

interface Mutant extends Mutation {
  readonly file: string;
}

type Verdict = "killed" | "timed out" | "survived";

function sourcesIn(target: string): string[] {
  const full = path.resolve(root, target);
  if (statSync(full).isFile()) return [full];
  const names = readdirSync(full, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /\.ts$/.test(name) && !/\.(test|test-d|fixture|contract)\.ts$/.test(name))
    .map((name) => path.join(full, name))
    .sort();
}

/** The folder of a file's package, whose tests are run: `packages/engine/src`. */
function testsOf(file: string): string {
  return path.relative(root, file).split(path.sep).slice(0, 3).join("/");
}

/** Runs a package's tests that import one of the files, with or without a mutant. */
async function runTests(
  folder: string,
  files: readonly string[],
  limitMs: number,
  mutant?: Mutant,
): Promise<Verdict> {
  const args = ["related", ...files, "--run", "--bail=1", "--passWithNoTests", `--dir=${folder}`];
  const config = ["--config=scripts/mutation.vitest.config.ts", "--silent", "--reporter=dot"];
  const env = { ...process.env, ...(mutant && { MUTANT: JSON.stringify(mutant) }) };
  const child = spawn(process.execPath, [vitest, ...args, ...config], {
    cwd: root,
    env,
    stdio: "ignore",
    // A group of its own: its workers end with it.
    detached: true,
  });
  return new Promise<Verdict>((resolve) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      resolve("timed out");
    }, limitMs);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? "survived" : "killed");
    });
  });
}

/** The time limit of a mutant's tests, from a run without mutants that must pass. */
async function timeLimitMs(folder: string, files: readonly string[]): Promise<number> {
  const startMs = performance.now();
  const verdict = await runTests(folder, files, baselineLimitMs);
  if (verdict !== "survived") throw new Error(`${folder}: its tests fail without any mutation`);
  return 2 * (performance.now() - startMs) + 10_000;
}

function print(mutant: Mutant, verdict: Verdict): void {
  const place = `${path.relative(root, mutant.file)}:${mutant.line}`;
  const change = `${mutant.original} -> ${mutant.replacement === "" ? "(nothing)" : mutant.replacement}`;
  console.log(`${verdict.padEnd(9)}  ${place}  ${change}`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: "string" }, seed: { type: "string", default: "1" } },
});
if (positionals.length === 0) {
  console.error("usage: npm run mutate -- FOLDER... [--sample N] [--seed S]");
  process.exit(2);
}
const all = positionals.flatMap(sourcesIn).flatMap((file): Mutant[] => {
  return mutationsOf(file, readFileSync(file, "utf8")).map((mutation) => ({ ...mutation, file }));
});
const size = values.sample === undefined ? all.length : Number(values.sample);
const mutants = sample(all, size, Number(values.seed));
const limits = new Map<string, number>();
for (const folder of new Set(mutants.map(({ file }) => testsOf(file)))) {
  const files = mutants.map(({ file }) => file).filter((file) => testsOf(file) === folder);
  limits.set(folder, await timeLimitMs(folder, [...new Set(files)]));
}

const queue = mutants.values();
let survived = 0;
async function work(): Promise<void> {
  for (const mutant of queue) {
    const folder = testsOf(mutant.file);
    const limitMs = limits.get(folder) ?? baselineLimitMs;
    const verdict = await runTests(folder, [mutant.file], limitMs, mutant);
    if (verdict === "survived") survived++;
    print(mutant, verdict);
  }
}
await Promise.all(Array.from({ length: concurrency }, work));
const killed = mutants.length - survived;
const score = mutants.length === 0 ? 100 : (100 * killed) / mutants.length;
console.log(
  `${killed} of ${mutants.length} killed (of ${all.length} mutations): ${score.toFixed(1)} %`,
);

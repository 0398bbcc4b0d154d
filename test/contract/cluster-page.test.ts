import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { createCommandLine } from "../../packages/app/src/command-line.fixture.ts";

const page = await readFile(
  fileURLToPath(new URL("../../docs/cluster.md", import.meta.url)),
  "utf8",
);
const line = await createCommandLine();
afterAll(() => line.remove());

/** The files of the page in a language. */
function blocksOf(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(
    ([, block = ""]) => block,
  );
}

/** The container's command of the Kubernetes Job. */
function jobOf(text: string): { readonly command: readonly string[]; readonly grace: number } {
  const { kind, spec } = parse(text);
  expect(kind).toBe("Job");
  const { terminationGracePeriodSeconds: grace, containers } = spec.template.spec;
  return { command: containers[0].command, grace };
}

/** Starts a worker as the page says, with a database that is not there. */
async function startWorker(args: readonly string[]) {
  const kept = args.filter((_, at) => args[at - 1] !== "--connect" && args[at] !== "--connect");
  const store = kept.includes("--store") ? [] : ["--store", "store"];
  return line.run(...kept, "--connect", "postgres://127.0.0.1:1/none", ...store);
}

test("the scripts of the page are scripts, and give SLURM time to hand work back", async () => {
  const [batch = "", ...others] = blocksOf("sbatch");
  expect(others).toEqual([]);
  const grace = /^#SBATCH --signal=TERM@(\d+)$/m.exec(batch)?.[1];
  expect(Number(grace)).toBeGreaterThanOrEqual(60);
  expect(batch.match(/^#SBATCH --[a-z-]+=\S+$/gm)).toHaveLength(batch.split("#SBATCH").length - 1);
  for (const script of [batch, ...blocksOf("sh")]) {
    const file = path.join(line.folder, "script.sh");
    await writeFile(file, script);
    await promisify(execFile)("bash", ["-n", file]);
  }
});

test("each of the page's workers starts, and gets as far as the database", async () => {
  const [job = ""] = blocksOf("yaml");
  const { command, grace } = jobOf(job);
  expect(grace).toBeGreaterThanOrEqual(60);
  const written = [...blocksOf("sbatch"), ...blocksOf("sh")]
    .flatMap((script) => script.match(/insightgraph worker [^'\n]*/g) ?? [])
    .map((text) => text.trim().split(" "));
  expect(written).toHaveLength(2);
  for (const [program, ...args] of [command, ...written]) {
    expect(program).toBe("insightgraph");
    const answer = await startWorker(args);
    expect(answer).toMatchObject({ code: 1, errors: expect.stringContaining("jobs.unavailable") });
  }
});

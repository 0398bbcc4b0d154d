import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { startPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";
import { startSlurm } from "./slurm-cluster.fixture.ts";
import { createLab } from "./workers.fixture.ts";

const place = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const slurm = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const cluster = await startSlurm();
const server = cluster && (await startPostgres());
afterAll(() => Promise.all([server?.stop(), cluster?.stop()]));

test.skipIf(server === undefined)(
  "[T3] SLURM runs the array of docs/cluster.md, and gives its work back where it ends it",
  async ({ onTestFinished }) => {
    const lab = await createLab((await server?.newDatabase()) ?? "");
    onTestFinished(lab.end);
    await lab.writeSteps(200);
    const [, page = ""] = /```sbatch\n(.*?)```/s.exec(
      await readFile(place("../../docs/cluster.md"), "utf8"),
    ) ?? [""];
    // What a test has to say otherwise: where database and store are, that there is no GPU, and the test's node.
    const [, database = "", , store = ""] = lab.places;
    const script = page
      .replace(/(INSIGHTGRAPH_DATABASE)=.*/, `$1='${database}'`)
      .replace(/(INSIGHTGRAPH_STORE)=.*/, `$1='${lab.at(store)}'`)
      .replace("--device cuda:0", `--device cpu --no-cache --nodes ${lab.at("step.mjs")}`);
    await mkdir(lab.at("bin"));
    const command = `#!/bin/sh\nexec '${process.execPath}' '${place("../../packages/app/dist/insightgraph.js")}' "$@"\n`;
    await writeFile(lab.at("bin/insightgraph"), command);
    await chmod(lab.at("bin/insightgraph"), 0o755);
    await writeFile(lab.at("workers.sbatch"), script);
    const environment = {
      ...process.env,
      PATH: `${lab.at("bin")}:${process.env["PATH"]}`,
      INSIGHTGRAPH_DATA: lab.at("slurm-data"),
    };
    const smaller = ["--array=1-2", "--gres=none", "--mem=0", "--cpus-per-task=1"];
    const output = `--output=${lab.at("worker-%a.txt")}`;
    const batch = ["--parsable", ...smaller, output, lab.at("workers.sbatch")];
    const told = execFileSync("sbatch", batch, { encoding: "utf8", env: environment });
    const job = told.trim();
    onTestFinished(() => void slurm("scancel", job));
    const args = [...lab.command("steps.json", "seeds:80", "array"), ...lab.places];
    const run = lab.start(...args, "--task-size", "20");
    await lab.until("SELECT 1 FROM pgboss.job WHERE state = 'active'");
    while ((await readFile(lab.at("log"), "utf8")) === "") await setTimeout(100);
    // As at the end of its time.
    slurm("scancel", "--signal=TERM", `${job}_1`);
    const ended = async (): Promise<string> => {
      const text = await readFile(lab.at("worker-1.txt"), "utf8").catch(() => "");
      return /\d+ done, 0 failed, \d+ given back/.test(text) ? text : "";
    };
    while ((await ended()) === "") await setTimeout(200);
    expect(await run.answer).toMatchObject({ code: 0 });
    expect(await lab.textsOf("array")).toHaveLength(80);
    // Nothing ran twice: what was done when the signal came was kept.
    expect((await readFile(lab.at("log"), "utf8")).trim().split("\n")).toHaveLength(80);
  },
);

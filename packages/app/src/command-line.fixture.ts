import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../dist/insightgraph.js", import.meta.url));

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A command that runs. */
export interface Started {
  readonly child: ChildProcess;
  readonly answer: Promise<Answer>;
}

export interface CommandLine {
  /** The folder in which the person stands. */
  readonly folder: string;
  run(...args: string[]): Promise<Answer>;
  /** Starts without waiting; `answer` settles when it has ended. */
  start(...args: string[]): Started;
  /** Starts it by way of another program, such as `env`, that becomes the command. */
  startBy(program: readonly [string, ...string[]], ...args: string[]): Started;
  remove(): Promise<void>;
}

/** The command as a person in a new folder would use it, with data of its own. */
export async function createCommandLine(): Promise<CommandLine> {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-app-"));
  const spawnIn = (program: string, args: readonly string[]): Started => {
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, INIT_CWD: folder, INSIGHTGRAPH_DATA: path.join(folder, "data") },
    });
    let [out, errors] = ["", ""];
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (errors += chunk));
    const answer = new Promise<Answer>((resolve) => {
      child.on("close", (code) => resolve({ code, out, errors }));
    });
    return { child, answer };
  };
  const start: CommandLine["start"] = (...args) => spawnIn(process.execPath, [entry, ...args]);
  return {
    folder,
    start,
    startBy: ([program, ...before], ...args) =>
      spawnIn(program, [...before, process.execPath, entry, ...args]),
    run: (...args) => start(...args).answer,
    // A command that was killed leaves a process that may write for two seconds more.
    remove: () => rm(folder, { recursive: true, maxRetries: 10 }),
  };
}

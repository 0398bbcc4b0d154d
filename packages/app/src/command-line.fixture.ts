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

export interface CommandLine {
  /** The folder in which the person stands. */
  readonly folder: string;
  run(...args: string[]): Promise<Answer>;
  /** Starts without waiting; `answer` settles when it has ended. */
  start(...args: string[]): { readonly child: ChildProcess; readonly answer: Promise<Answer> };
  remove(): Promise<void>;
}

/** The command as a person in a new folder would use it, with data of its own. */
export async function createCommandLine(): Promise<CommandLine> {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-app-"));
  const start: CommandLine["start"] = (...args) => {
    const child = spawn(process.execPath, [entry, ...args], {
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
  return {
    folder,
    start,
    run: (...args) => start(...args).answer,
    remove: () => rm(folder, { recursive: true }),
  };
}

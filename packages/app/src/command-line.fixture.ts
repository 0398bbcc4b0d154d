import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const entry = fileURLToPath(new URL("./insightgraph.ts", import.meta.url));

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
    const child = spawn(
      process.execPath,
      ["--conditions=@insightgraph/source", "--import", tsx, entry, ...args],
      {
        cwd: folder,
        env: { ...process.env, INIT_CWD: folder, INSIGHTGRAPH_DATA: path.join(folder, "data") },
      },
    );
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

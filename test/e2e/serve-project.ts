import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const projectDir = fileURLToPath(new URL("../../", import.meta.url));
const command = path.join(projectDir, "packages/app/dist/insightgraph.js");
const page = path.join(projectDir, "packages/editor-ui/dist/app/index.html");

export interface ServedProject {
  readonly url: string;
  /** A copy of the graphs, whose pictures the server may show. */
  readonly graphs: string;
  /** Ends the server as a crash would, and starts it again at the same address. */
  restart(): Promise<void>;
  /** Ends the server as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the built server as a person would, with a copy of the graphs and its own data folder.
 * @param text A graph to serve instead of the shipped one.
 */
export async function serveProject(text?: string): Promise<ServedProject> {
  for (const file of [command, page]) {
    if (!existsSync(file)) throw new Error(`${file} is missing: build first, as npm test does`);
  }
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-e2e-"));
  const graphs = path.join(folder, "graphs");
  await cp(path.join(projectDir, "graphs"), graphs, { recursive: true });
  if (text !== undefined) await writeFile(path.join(graphs, "insightedit.json"), text);
  const first = await serve(folder, "0");
  const { url } = first;
  let { child } = first;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error("the server ended by itself");
    }
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    await ended;
  };
  const start = async () => {
    ({ child } = await serve(folder, new URL(url).port));
  };
  return {
    url,
    graphs,
    start,
    kill: () => end("SIGKILL"),
    async restart() {
      await end("SIGKILL");
      await start();
    },
    async stop() {
      await end("SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
}

async function serve(folder: string, port: string): Promise<Serving> {
  const graph = path.join(folder, "graphs/insightedit.json");
  const child = spawn(process.execPath, [command, "serve", graph, "--port", port], {
    env: { ...process.env, INSIGHTGRAPH_DATA: path.join(folder, "data") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", () => reject(new Error(`the server ended early:\n${said}`)));
  });
  return { child, url };
}

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const projectDir = fileURLToPath(new URL("../../", import.meta.url));
const command = path.join(projectDir, "packages/app/dist/insightgraph.js");
const page = path.join(projectDir, "packages/editor-ui/dist/app/index.html");

export interface ServedProject {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built server as a person would, with a copy of the graphs and its own data folder. */
export async function serveProject(): Promise<ServedProject> {
  for (const file of [command, page]) {
    if (!existsSync(file)) throw new Error(`${file} is missing: build first, as npm test does`);
  }
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-e2e-"));
  await cp(path.join(projectDir, "graphs"), path.join(folder, "graphs"), { recursive: true });
  const graph = path.join(folder, "graphs/insightedit.json");
  const child = spawn(process.execPath, [command, "serve", graph, "--port", "0"], {
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
  return {
    url,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`the server ended by itself:\n${said}`);
      }
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

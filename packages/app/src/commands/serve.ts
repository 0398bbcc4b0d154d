import { readFile } from "node:fs/promises";
import path from "node:path";
import { createExecutionHost } from "@insightgraph/engine/process";
import { startServer } from "@insightgraph/engine/server";
import { DONE } from "../exit-codes.ts";
import { loadGraph } from "../load-graph.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import {
  dataDir,
  editorDir,
  executionEntry,
  fromCaller,
  graphsDir,
  projectDir,
} from "../places.ts";
import { reportThrown } from "../report.ts";

export const usage = `usage: insightgraph [serve] [GRAPH] [--host HOST] [--port PORT]

Serves the editor's page with GRAPH, or with graphs/insightedit.json.
Relative paths in the graph start in its file's folder.

  --host HOST  address to listen on (default 127.0.0.1, this machine only)
  --port PORT  first port to try (default 7878); a taken one is passed over
`;

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw usageError(`--port ${text}: this is no port`, "use a number from 0 to 65535.");
}

async function version(): Promise<string> {
  const text = await readFile(path.join(projectDir, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "7878" },
  });
  const [given, surplus] = positionals;
  if (surplus !== undefined)
    throw usageError(`"${surplus}" is one argument too many`, "add --help.");
  const port = portFrom(values.port);
  const file = given ?? path.join(graphsDir, "insightedit.json");
  const graph = await loadGraph(file);
  const workDir = path.dirname(fromCaller(file));
  const host = createExecutionHost({ entry: executionEntry, cwd: workDir });
  host.facts().catch(reportThrown);
  try {
    const server = await startServer({
      host,
      graph,
      graphName: graph.name ?? path.basename(file, ".json"),
      version: await version(),
      log: (text) => console.error(text),
      editorDir,
      uploadsDir: path.join(dataDir, "uploads"),
      pictureDirs: [graphsDir],
      workDir,
      address: values.host,
      port,
    });
    console.log(`InsightGraph is ready: ${server.url}`);
    await untilInterrupted();
    await server.close();
  } finally {
    await host.close();
  }
  return DONE;
}

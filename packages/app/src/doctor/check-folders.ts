import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { writeFault, writeWhole } from "@insightgraph/engine/cache";
import { inUnits } from "../units.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  let bytes = 0;
  for (const name of names) {
    // Files that disappear meanwhile are not counted.
    const about = await stat(path.join(folder, name)).catch(() => undefined);
    if (about?.isFile()) bytes += about.size;
  }
  return bytes;
}

/** Whether a folder can be created and written to, and its size. */
export async function checkFolder(name: string, folder: string): Promise<Finding> {
  const trial = path.join(folder, `.doctor-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(trial, "trial");
    await rm(trial);
  } catch (thrown) {
    const { what, hint } = writeFault(folder, thrown);
    return fail(name, what, `${hint} INSIGHTGRAPH_DATA sets another folder.`);
  }
  return ok(name, `${folder} is writable and holds ${inUnits(await sizeOf(folder))}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Whether `serve` finds a free port. @param first The first port that it tries. */
export async function checkPort(first: number): Promise<Finding> {
  for (let port = first; port <= first + 20; port++) {
    if (!(await isFree(port))) continue;
    if (port === first) return ok("port", `${port} is free`);
    return ok("port", `${first} is taken, ${port} is free and will be used`);
  }
  return warn(
    "port",
    `no port from ${first} to ${first + 20} is free`,
    "Set another one with serve --port.",
  );
}

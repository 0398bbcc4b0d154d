import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

// Steps lie in `packages/app/prove` of the kit, compiled.
const entry = fileURLToPath(new URL("../dist/insightgraph.js", import.meta.url));

export const graphsFolder = fileURLToPath(new URL("../../../graphs/", import.meta.url));

/** What Node takes to run `insightgraph` with these arguments. */
export function commandArguments(args: readonly string[]): string[] {
  return [entry, ...args];
}

/**
 * Runs `insightgraph` and gives its output. @param env Set beside the environment's own.
 * Throws where it fails; what it said is in the log then.
 */
export function runCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, error } = spawnSync(process.execPath, commandArguments(args), {
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
  });
  if (status === 0) return stdout;
  throw new Error(`insightgraph ${args.join(" ")} ended with ${status}: ${stdout}`, {
    cause: error,
  });
}

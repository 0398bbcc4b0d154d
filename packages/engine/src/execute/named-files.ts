import { realpath } from "node:fs/promises";
import path from "node:path";
import { platform } from "node:process";
import { EngineError } from "../errors.ts";
import { splitEnding } from "../graph/with-suffix.ts";
import { isStepGraph, type Step } from "../plan/step.ts";

/** A file that a param names before the run starts. */
export interface NamedFile {
  readonly nodeId: string;
  readonly param: string;
  readonly path: string;
  readonly key: string;
  /** How many levels of lists the node is mapped over; each adds a number to the name. */
  readonly levels: number;
}

/** Where a path leads, whether or not there is a file. */
export async function realPathOf(file: string): Promise<string> {
  const whole = path.resolve(file);
  return realpath(whole).catch(async () => {
    const folder = await realpath(path.dirname(whole)).catch(() => path.dirname(whole));
    return path.join(folder, path.basename(whole));
  });
}

/** Disks of these systems usually take `A.png` and `a.png` for one name. */
const isCaseless = platform === "win32" || platform === "darwin";

/** Equal for paths of one file. */
export async function keyOf(file: string): Promise<string> {
  const name = (await realPathOf(file)).normalize("NFC");
  return isCaseless ? name.toLowerCase() : name;
}

/** The files that steps will write, where their params name them; `outer` counts the levels around the steps. */
export async function namedFiles(steps: Iterable<Step>, outer = 0): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  for (const { nodeId, task, settings, params, levels: own } of steps) {
    const levels = outer + own.length;
    if (isStepGraph(task)) {
      files.push(...(await namedFiles(task.steps.values(), levels)));
      continue;
    }
    for (const [param, spec] of Object.entries(task.params)) {
      const file = settings[param];
      if (spec.kind !== "file" || spec.purpose !== "save" || params[param] !== undefined) continue;
      if (typeof file !== "string" || file === "") continue;
      files.push({ nodeId, param, path: file, key: await keyOf(file), levels });
    }
  }
  return files;
}

/** Whether two nodes can write one file; `out.png` of a list means `out-1.png`, `out-2.png` and so on. */
function canCollide(a: NamedFile, b: NamedFile): boolean {
  const [deep, flat] = a.levels > b.levels ? [a, b] : [b, a];
  const [from, to] = [splitEnding(deep.key), splitEnding(flat.key)];
  if (from.ending !== to.ending || !to.stem.startsWith(from.stem)) return false;
  const numbers = to.stem.slice(from.stem.length).match(/-\d+/g) ?? [];
  return from.stem + numbers.join("") === to.stem && numbers.length === deep.levels - flat.levels;
}

/** Throws: `graph.same-file`, naming both nodes. */
export function refuseCollisions(files: readonly NamedFile[]): void {
  for (const [at, file] of files.entries()) {
    const other = files.slice(0, at).find((earlier) => canCollide(earlier, file));
    if (other === undefined) continue;
    const { nodeId, param } = file;
    throw new EngineError("graph.same-file", `"${other.nodeId}" writes "${file.path}" too`, {
      at: { nodeId, path: `params.${param}` },
      hint: "Give each node a file of its own.",
    });
  }
}

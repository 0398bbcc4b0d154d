import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import { platform } from "node:process";
import { EngineError } from "../errors.ts";
import { splitEnding, withSuffix } from "../graph/with-suffix.ts";
import { inputError } from "../node/input-error.ts";
import type { ExistingFile, RunItem } from "../node/run-context.ts";
import { isStepGraph, type Step } from "../plan/step.ts";

/**
 * Whether a node of this graph wrote a file in an earlier run, and nobody changed it since.
 * @param file Its real path.
 */
export type IsOwnFile = (file: string, nodeId: string) => Promise<boolean>;

/** The files that the nodes of one run write; each belongs to one node, and to one item of it. */
export interface OutputFiles {
  /**
   * Reserves a file for a node and returns the path to write.
   * Throws: `node.bad-input`, at param `path`.
   */
  reserve(request: FileRequest): Promise<string>;
}

/** What a node asks for when it is about to write a file. */
export interface FileRequest {
  readonly nodeId: string;
  readonly item: RunItem | undefined;
  readonly path: string;
  readonly existing: ExistingFile;
}

/** A file that a param names before the run starts. */
interface NamedFile {
  readonly nodeId: string;
  readonly param: string;
  readonly path: string;
  readonly key: string;
  /** How many levels of lists the node is mapped over; each adds a number to the name. */
  readonly levels: number;
}

/** Where a path leads, whether or not there is a file. */
async function realPathOf(file: string): Promise<string> {
  const whole = path.resolve(file);
  return realpath(whole).catch(async () => {
    const folder = await realpath(path.dirname(whole)).catch(() => path.dirname(whole));
    return path.join(folder, path.basename(whole));
  });
}

/** Disks of these systems usually take `A.png` and `a.png` for one name. */
const isCaseless = platform === "win32" || platform === "darwin";

/** Equal for paths of one file. */
async function keyOf(file: string): Promise<string> {
  const name = (await realPathOf(file)).normalize("NFC");
  return isCaseless ? name.toLowerCase() : name;
}

async function namedFiles(steps: Iterable<Step>, outer = 0): Promise<NamedFile[]> {
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
function refuseCollisions(files: readonly NamedFile[]): void {
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

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function refuseExisting(file: string): Error {
  return inputError(`"${file}" is there already, and not from an earlier run of this graph`, {
    param: "path",
    hint: 'Choose another name, or allow replacing it: "existing" set to "replace", on the command line --overwrite.',
  });
}

/**
 * Opens the files of a run before anything is written.
 * Throws: `graph.same-file`, where two nodes would write one file.
 */
export async function openOutputFiles(
  steps: Iterable<Step>,
  isOwnFile: IsOwnFile,
): Promise<OutputFiles> {
  const named = await namedFiles(steps);
  refuseCollisions(named);
  const owners = new Map<string, string>();
  for (const { key, nodeId, levels } of named) if (levels === 0) owners.set(key, nodeId);

  const isFree = async (file: string, owner: string): Promise<boolean> =>
    (owners.get(await keyOf(file)) ?? owner) === owner;
  const isReplaceable = async (file: string, nodeId: string): Promise<boolean> =>
    !(await isThere(file)) || isOwnFile(await realPathOf(file), nodeId);

  /** The first of `out.png`, `out-2.png` and so on that nothing else has taken. */
  const numbered = async (file: string, owner: string, nodeId: string): Promise<string> => {
    let next = file;
    for (let n = 2; ; n++) {
      if ((await isFree(next, owner)) && (await isReplaceable(next, nodeId))) return next;
      next = withSuffix(file, `-${n}`);
    }
  };

  const choose = async ({ nodeId, item, path: named, existing }: FileRequest): Promise<string> => {
    const owner = item === undefined ? nodeId : `${nodeId} at item ${item.label}`;
    const wanted = item === undefined ? named : withSuffix(named, `-${item.label}`);
    const other = owners.get(await keyOf(wanted));
    if (other !== undefined && other !== owner) {
      throw inputError(`"${other}" writes "${wanted}" too`, {
        param: "path",
        hint: "Give each node a file of its own.",
      });
    }
    if (existing === "refuse" && !(await isReplaceable(wanted, nodeId))) {
      throw refuseExisting(wanted);
    }
    const chosen = existing === "number" ? await numbered(wanted, owner, nodeId) : wanted;
    owners.set(await keyOf(chosen), owner);
    return chosen;
  };

  // One at a time: two items must not find the same name free.
  let last: Promise<unknown> = Promise.resolve();
  return {
    reserve(request) {
      const chosen = last.then(() => choose(request));
      last = chosen.catch(() => {});
      return chosen;
    },
  };
}

import { lstat } from "node:fs/promises";
import { withSuffix } from "../graph/with-suffix.ts";
import { inputError } from "../node/input-error.ts";
import type { ExistingFile, RunItem } from "../node/run-context.ts";
import type { Step } from "../plan/step.ts";
import { keyOf, namedFiles, realPathOf, refuseCollisions } from "./named-files.ts";

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

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function sameFile(other: string, file: string): Error {
  return inputError(`"${other}" writes "${file}" too`, {
    param: "path",
    hint: "Give each node a file of its own.",
  });
}

function existingFile(file: string): Error {
  return inputError(
    `"${file}" already exists and was not written by an earlier run of this graph`,
    {
      param: "path",
      hint: 'Choose another name, or allow replacing it: "existing" set to "replace", on the command line --overwrite.',
    },
  );
}

/** Who writes which file in one run. */
interface Reservations {
  /** A node, or one item of it, by the key of the file. */
  readonly owners: Map<string, string>;
  readonly isOwnFile: IsOwnFile;
  readonly keepsEarlier: boolean;
}

async function isReplaceable(
  { isOwnFile }: Reservations,
  file: string,
  nodeId: string,
): Promise<boolean> {
  return !(await isThere(file)) || isOwnFile(await realPathOf(file), nodeId);
}

/** The keys of files, each found once: that takes several looks at the disk. */
function createKeys(): typeof keyOf {
  const keys = new Map<string, Promise<string>>();
  return (file) => {
    const key = keys.get(file) ?? keyOf(file);
    keys.set(file, key);
    return key;
  };
}

/** The first of `out.png`, `out-2.png` and so on that nothing else has taken. */
async function numbered(
  reservations: Reservations,
  file: string,
  { nodeId, owner }: { readonly nodeId: string; readonly owner: string },
  keyFor: typeof keyOf,
): Promise<string> {
  let next = file;
  for (let n = 2; ; n++) {
    const isFree = (reservations.owners.get(await keyFor(next)) ?? owner) === owner;
    const isKept = reservations.keepsEarlier && (await isThere(next));
    if (isFree && !isKept && (await isReplaceable(reservations, next, nodeId))) return next;
    next = withSuffix(file, `-${n}`);
  }
}

async function choose(
  reservations: Reservations,
  { nodeId, item, path, existing }: FileRequest,
): Promise<string> {
  const { owners } = reservations;
  const keyFor = createKeys();
  const owner = item === undefined ? nodeId : `${nodeId} at item ${item.label}`;
  const wanted = item === undefined ? path : withSuffix(path, `-${item.label}`);
  const other = owners.get(await keyFor(wanted));
  if (other !== undefined && other !== owner) throw sameFile(other, wanted);
  if (existing === "refuse" && !(await isReplaceable(reservations, wanted, nodeId))) {
    throw existingFile(wanted);
  }
  const chosen =
    existing === "number"
      ? await numbered(reservations, wanted, { nodeId, owner }, keyFor)
      : wanted;
  owners.set(await keyFor(chosen), owner);
  return chosen;
}

/**
 * Opens the files of a run before anything is written.
 * @param keepsEarlier Whether numbering passes over what earlier runs of the graph wrote, too.
 * Throws: `graph.same-file`, where two nodes would write one file.
 */
export async function openOutputFiles(
  steps: Iterable<Step>,
  isOwnFile: IsOwnFile,
  keepsEarlier: boolean,
): Promise<OutputFiles> {
  const named = await namedFiles(steps);
  refuseCollisions(named);
  const single = named.filter(({ levels }) => levels === 0);
  const owners = new Map(single.map(({ key, nodeId }) => [key, nodeId] as const));
  // One request at a time: two items must not find the same name free.
  let last: Promise<unknown> = Promise.resolve();
  return {
    reserve(request) {
      const chosen = last.then(() => choose({ owners, isOwnFile, keepsEarlier }, request));
      last = chosen.catch(() => {});
      return chosen;
    },
  };
}

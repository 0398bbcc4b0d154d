import { stderr, stdout } from "node:process";
import {
  checkpointsFolder,
  convertedBytes,
  type ListedCheckpoint,
  listCheckpoints,
  type Manifest,
  removeCheckpoint,
  type VerifyOptions,
  verifyCheckpoint,
} from "@insightgraph/editing/checkpoints";
import { EditingError } from "@insightgraph/editing/errors";
import { namesHint } from "@insightgraph/engine/graph";
import { addModel } from "../add-model.ts";
import { exitCodes } from "../exit-codes.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { callerDir } from "../places.ts";
import { createTransferProgress } from "../transfer-progress.ts";
import { inUnits } from "../units.ts";
import { untilInterrupt } from "../until-interrupt.ts";

const actions = ["add", "list", "verify", "remove"] as const;

/** What `insightgraph models --help` prints. */
export const usage = `usage: insightgraph models add hf:OWNER/NAME[@REVISION] [options]
       insightgraph models add dir:PATH [options]
       insightgraph models list|verify|remove [NAME]

Manages checkpoints, which nodes load by name. See docs/models.md.

  add      download the required parts from the Hugging Face hub, or link a folder or .safetensors
           file; the same command resumes an interrupted download
  list     show all checkpoints with parts, size and licence
  verify   read every file and compare its checksum
  remove   remove a checkpoint; a linked folder is left untouched

  --only PART,…    (add) only these parts, such as unet,vae
  --variant NAME   (add) prefer this precision, such as fp16; onnx, onnx-fp16, onnx-q8: the ONNX export
  --as NAME        (add) store it under this name
  --json           (list) print JSON

Environment: HF_TOKEN gives access to gated and private repositories, HF_ENDPOINT sets another hub,
INSIGHTGRAPH_OFFLINE=1 forbids the network, INSIGHTGRAPH_MODELS sets the folder.
`;

interface AddSettings {
  readonly name: string | undefined;
  readonly only: readonly string[] | undefined;
  readonly variant: string | undefined;
}

async function addSource(
  source: string,
  settings: AddSettings,
  signal: AbortSignal,
): Promise<Manifest> {
  const progress = createTransferProgress(stderr);
  try {
    return await addModel({
      source,
      ...settings,
      signal,
      onProgress: progress.show,
      from: callerDir,
    });
  } finally {
    progress.end();
  }
}

function describe({ name, components, licence }: Manifest): string {
  const parts = Object.entries(components).map(([part, { architecture, dtype, bytes }]) => {
    const kind = [architecture, dtype].filter((word) => word !== undefined).join(", ");
    return `  ${name}/${part}  ${kind}  ${inUnits(bytes)}\n`;
  });
  return `${name}, licence: ${licence ?? "not stated"}\n${parts.join("")}`;
}

async function add(source: string | undefined, settings: AddSettings): Promise<number> {
  if (source === undefined)
    throw usageError("no checkpoint is named", "Write hf:OWNER/NAME or dir:PATH.");
  return untilInterrupt("the partial download is kept", async (signal) => {
    try {
      stdout.write(describe(await addSource(source, settings, signal)));
      return exitCodes.done;
    } catch (thrown) {
      if (signal.aborted) return exitCodes.interrupted;
      throw thrown;
    }
  });
}

const bytesOf = ({ components }: Manifest): number =>
  Object.values(components).reduce((sum, { bytes }) => sum + bytes, 0);

/** What a checkpoint shares with others, which its own size leaves out. */
function sharedBy({ components }: Manifest): string {
  const files = Object.values(components).flatMap((component) => component.files);
  const shared = files.filter(({ from }) => from !== undefined);
  if (shared.length === 0) return "";
  const holders = new Set(shared.map(({ from }) => from));
  const bytes = shared.reduce((sum, file) => sum + file.bytes, 0);
  return ` and ${inUnits(bytes)} of ${[...holders].join(", ")}`;
}

function row({ name, parts, manifest, problem, convertedBytes }: ListedCheckpoint): string {
  if (manifest === undefined) return `${name}: ${problem ?? "cannot be read"}\n`;
  const { source, licence = "licence not stated" } = manifest;
  const converted = convertedBytes === 0 ? "" : ` and ${inUnits(convertedBytes)} converted`;
  const size = `${inUnits(bytesOf(manifest))}${sharedBy(manifest)}${converted}`;
  return `${name}: ${parts.join(", ")}\n  ${size}, ${licence}, ${source}\n`;
}

async function list(asJson: boolean): Promise<number> {
  const found = await listCheckpoints();
  if (asJson)
    stdout.write(`${JSON.stringify({ folder: checkpointsFolder, checkpoints: found })}\n`);
  else if (found.length === 0) {
    stdout.write(
      `no checkpoints in ${checkpointsFolder}\nto add one: insightgraph models add hf:OWNER/NAME\n`,
    );
  } else {
    const all = await convertedBytes(checkpointsFolder);
    const others = all - found.reduce((sum, one) => sum + one.convertedBytes, 0);
    const converted = others > 0 ? `converted weights of other folders: ${inUnits(others)}\n` : "";
    stdout.write(`${found.map(row).join("")}${converted}folder: ${checkpointsFolder}\n`);
  }
  return exitCodes.done;
}

function findListed(found: readonly ListedCheckpoint[], name: string): ListedCheckpoint {
  const listed = found.find((one) => one.name === name);
  if (listed !== undefined) return listed;
  const names = found.map((one) => one.name);
  throw new EditingError("checkpoint.unknown", "there is no such checkpoint.", {
    at: name,
    hint: namesHint(name, names),
  });
}

async function verifyOne(
  { name, root, manifest, problem }: ListedCheckpoint,
  { signal, digests }: Pick<VerifyOptions, "signal" | "digests">,
): Promise<boolean> {
  if (manifest === undefined) {
    stdout.write(`${name}: ${problem ?? "cannot be read"}\n`);
    return false;
  }
  const onFile = (file: string): void => {
    if (stderr.isTTY) stderr.write(`\r\u001B[2K${name}: ${file}`);
  };
  const options = { signal, digests, onFile };
  const faults = await verifyCheckpoint(checkpointsFolder, { root, manifest }, options);
  if (stderr.isTTY) stderr.write("\r\u001B[2K");
  for (const { path, what } of faults) stdout.write(`${name}: ${path} ${isAre(what)}\n`);
  if (faults.length > 0)
    stdout.write(`  to repair it, remove it and add it again: ${manifest.source}\n`);
  else stdout.write(`${name}: all files are unchanged\n`);
  return faults.length === 0;
}

const isAre = (what: "missing" | "changed"): string =>
  what === "missing" ? "is missing" : "has changed";

async function verify(name: string | undefined): Promise<number> {
  const found = await listCheckpoints();
  const chosen = name === undefined ? found : [findListed(found, name)];
  return untilInterrupt("nothing is changed", async (signal) => {
    let areAllRight = true;
    const options = { signal, digests: new Map<string, string>() };
    for (const listed of chosen) areAllRight = (await verifyOne(listed, options)) && areAllRight;
    return areAllRight ? exitCodes.done : exitCodes.failed;
  });
}

async function remove(name: string | undefined): Promise<number> {
  if (name === undefined)
    throw usageError("no checkpoint is named", "Add a name that `models list` shows.");
  const { manifest } = findListed(await listCheckpoints(), name);
  const bytes = await removeCheckpoint(checkpointsFolder, name);
  const note = manifest?.folder === undefined ? "" : `; ${manifest.folder} is left untouched`;
  stdout.write(`removed ${name}, ${inUnits(bytes)}${note}\n`);
  return exitCodes.done;
}

/** Codes that blame the request rather than the run. */
const invalidCodes =
  /^(checkpoint\.(name|unknown|exists|part|pickle|unreadable)|hub\.(token|missing))$/;

/** Prints errors of the store, which have their own codes. @returns the exit code. */
async function reportingErrors(action: Promise<number>): Promise<number> {
  try {
    return await action;
  } catch (thrown) {
    if (!(thrown instanceof EditingError)) throw thrown;
    stderr.write(`${thrown.message}\n`);
    return invalidCodes.test(thrown.code) ? exitCodes.invalid : exitCodes.failed;
  }
}

function checkAction(action: string | undefined): (typeof actions)[number] {
  const found = actions.find((known) => known === action);
  if (found !== undefined) return found;
  if (action === undefined) throw usageError("no action is given", `Add ${actions.join(", ")}.`);
  throw usageError(`models has no "${action}"`, namesHint(action, actions));
}

/** Runs `insightgraph models`. @returns the exit code. Throws: command.usage. */
export async function run(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArguments(args, {
    only: text,
    variant: text,
    as: text,
    json: { type: "boolean", default: false },
  });
  const [asked, name, surplus] = positionals;
  const action = checkAction(asked);
  if (surplus !== undefined || (action === "list" && name !== undefined)) {
    throw usageError(`"${surplus ?? name}" is one argument too many`, "Run it with --help.");
  }
  const only = values.only
    ?.split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  if (action === "add")
    return reportingErrors(add(name, { name: values.as, only, variant: values.variant }));
  if (action === "list") return reportingErrors(list(values.json));
  return reportingErrors(action === "verify" ? verify(name) : remove(name));
}

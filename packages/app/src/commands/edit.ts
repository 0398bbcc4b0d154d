import path from "node:path";
import { stdout } from "node:process";
import {
  bypassNode,
  entryOf,
  type GraphDocument,
  type Json,
  type NodeCatalogue,
  paramFromText,
  setParam,
} from "@insightgraph/engine/graph";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { checkOptions, type EditGraph, editGraphFor } from "../edit-graphs.ts";
import { DONE } from "../exit-codes.ts";
import { loadGraph } from "../load-graph.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { fromCaller, graphsDir } from "../places.ts";
import { runGraphFile } from "../run-graph-file.ts";

export const usage = `usage: insightgraph edit PICTURE "INSTRUCTION" -o OUT.png [options]

Edits a picture as one sentence says, through graphs/insightedit.json, or with a
checkpoint in diffusers' layout through graphs/instruct-pix2pix.json.

  -o, --output FILE     where to write the result (.png, .jpg or .webp)
  --overwrite           replace FILE even if no earlier edit wrote it
  --model NAME          a checkpoint that was added (insightgraph models), or
                        dir:PATH, the folder of one
  --seed N              start of the noise: equal seeds give equal pictures
  --steps N             denoising steps
  --text-guidance X     pull towards the instruction
  --image-guidance X    pull towards the picture
  --noise-scale X       weight of the first noise, 0 to 1: less for the mean edit
  --iaa-scale X         weight of the image alignment adapter
  --no-iaa              leave the image alignment adapter out
${deviceUsage(24)}
  --no-cache            make every result anew, and keep none on disk
  --json                tell what happens as lines of JSON (docs/command.md)
`;

const OPTIONS = [
  ...["model", "seed", "steps", "text-guidance", "image-guidance", "noise-scale", "iaa-scale"],
] as const;

type Settings = Partial<Record<(typeof OPTIONS)[number], string>>;

function valueFor(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  [node, name]: readonly [string, string],
  text: string,
): Json {
  const type = entryOf(graph.nodes, node)?.type ?? "";
  const spec = entryOf(entryOf(catalogue, type)?.params, name);
  return spec === undefined ? text : paramFromText(spec, text);
}

const FOLDER = "dir:";

/** A folder of a checkpoint is meant from where the person stands. */
function placedModel(name: string): string {
  return name.startsWith(FOLDER) ? FOLDER + fromCaller(name.slice(FOLDER.length)) : name;
}

function withSettings(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  settings: Settings,
  { targets }: EditGraph,
): GraphDocument {
  let edited = graph;
  for (const option of OPTIONS) {
    const text = settings[option];
    const target = targets[option];
    if (text === undefined || target === undefined) continue;
    const [nodes, param] = target;
    for (const node of nodes) {
      edited = setParam(edited, node, param, valueFor(graph, catalogue, [node, param], text));
    }
  }
  return edited;
}

export async function run(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArguments(args, {
    output: { type: "string", short: "o" },
    overwrite: { type: "boolean", default: false },
    "no-iaa": { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    ...deviceOptions,
    model: text,
    seed: text,
    steps: text,
    "text-guidance": text,
    "image-guidance": text,
    "noise-scale": text,
    "iaa-scale": text,
  });
  const [picture, instruction, surplus] = positionals;
  const {
    output,
    overwrite: isOverwriting,
    "no-iaa": isWithoutAdapter,
    "no-cache": isWithoutCache,
    json: isJson,
    device,
    precision,
    ...settings
  } = values;
  if (picture === undefined || instruction === undefined) {
    throw usageError(
      "a picture and an instruction are needed",
      'write insightgraph edit cat.png "remove the hat" -o out.png',
    );
  }
  if (surplus !== undefined) {
    throw usageError(`"${surplus}" is one argument too many`, "put the instruction in quotes.");
  }
  if (output === undefined) throw usageError("no output file is given", "add -o OUT.png.");
  const target = fromCaller(output);
  const model = settings.model === undefined ? undefined : placedModel(settings.model);
  const wanted = { ...settings, ...(model === undefined ? {} : { model }) };
  const way = await editGraphFor(model);
  const given = OPTIONS.filter((option) => settings[option] !== undefined);
  checkOptions(way, isWithoutAdapter ? [...given, "no-iaa"] : given);
  const graph = await loadGraph(path.join(graphsDir, way.file));
  const code = await runGraphFile({
    folder: graphsDir,
    outputs: ["save"],
    isWithoutCache,
    isJson,
    device: deviceOf({ device, precision }),
    prepare(catalogue) {
      let edited = setParam(graph, "source", "path", fromCaller(picture));
      edited = setParam(edited, "instruction", "text", instruction);
      edited = setParam(edited, "save", "path", target);
      edited = setParam(edited, "save", "existing", isOverwriting ? "replace" : "refuse");
      edited = withSettings(edited, catalogue, wanted, way);
      return isWithoutAdapter && way.adapter ? bypassNode(edited, way.adapter) : edited;
    },
  });
  if (code === DONE && !isJson) stdout.write(`${target}\n`);
  return code;
}

import path from "node:path";
import { stderr, stdout } from "node:process";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import type { RunRequest } from "@insightgraph/engine/host";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import {
  editGraphFor,
  editOptions,
  editUsage,
  placedModel,
  requireNames,
  shippedGraphFor,
  withOptions,
  withoutAdapter,
} from "../edit-graph.ts";
import { exitCodes } from "../exit-codes.ts";
import { loadGraph } from "../load-graph.ts";
import { withOutput } from "../output-writers.ts";
import { parseArguments, parsePair, usageError } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";
import { runInChild } from "../run-in-child.ts";
import { withInput } from "../set-param.ts";

/** What `insightgraph edit --help` prints. */
export const usage = `usage: insightgraph edit PICTURE "INSTRUCTION" -o OUT.png [options]

Edits a picture as one sentence says: a photograph through graphs/edit-photograph.json, a square scene through
graphs/insightedit.json, or with a checkpoint in diffusers' layout through graphs/instruct-pix2pix.json. Options set named inputs of the graph; one that the graph lacks is refused.

  -o, --output FILE     where to write the result (.png, .jpg or .webp)
  --overwrite           replace FILE even if no earlier edit wrote it
  --model NAME          a checkpoint that was added (insightgraph models), or dir:PATH, the folder of one
  --graph FILE          any graph with the inputs picture and instruction and the output picture
  --seed N              seed of the noise: equal seeds give equal pictures
${editUsage(24)}
${deviceUsage(24)}
  --no-cache            make every result anew, and keep none on disk
  --json                tell what happens as lines of JSON (docs/command.md)
`;

const names = { inputs: ["picture", "instruction"], outputs: ["picture"] };

/** The two arguments. Throws: `command.usage`. */
function argumentsOf(
  positionals: readonly string[],
): readonly [picture: string, instruction: string] {
  const [picture, instruction, surplus] = positionals;
  if (picture === undefined || instruction === undefined) {
    throw usageError(
      "a picture and an instruction are needed",
      'Write insightgraph edit cat.png "remove the hat" -o out.png.',
    );
  }
  if (surplus === undefined) return [picture, instruction];
  throw usageError(`"${surplus}" is one argument too many`, "Put the instruction in quotes.");
}

/** A run of what writes the output `picture`, and of nothing else. */
function writing(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  target: string,
  isOverwriting: boolean,
): RunRequest {
  const written = withOutput(graph, catalogue, `picture=${target}`, isOverwriting);
  const added = Object.keys(written.nodes).filter((id) => !Object.hasOwn(graph.nodes, id));
  return { graph: written, outputs: added };
}

/** Options that only graphs with a denoising network have an input for. */
const samplingOptions = Object.keys(editOptions);

/** The graph that is named, or the one for the model and the picture; which one, and why, is told. */
async function graphFor(
  values: Readonly<Record<string, unknown>>,
  model: string | undefined,
  picture: string,
): Promise<string> {
  if (typeof values["graph"] === "string") return fromCaller(values["graph"]);
  const isSampled = values["no-iaa"] === true || samplingOptions.some((name) => name in values);
  if (model !== undefined || isSampled) return editGraphFor(model);
  const { file, reason } = await shippedGraphFor(fromCaller(picture));
  stderr.write(`graph: ${path.basename(file)}, as ${reason}; --graph takes another\n`);
  return file;
}

/** Runs `insightgraph edit`. @returns the exit code. Throws: command.usage and what the graph or the run throws. */
export async function run(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArguments(args, {
    output: { type: "string", short: "o" },
    overwrite: { type: "boolean", default: false },
    "no-iaa": { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    set: { type: "string", multiple: true, default: [] },
    ...deviceOptions,
    model: text,
    graph: text,
    seed: text,
    steps: text,
    "text-guidance": text,
    "image-guidance": text,
    "noise-scale": text,
    "image-scale": text,
  });
  const [picture, instruction] = argumentsOf(positionals);
  if (values.output === undefined) throw usageError("no output file is given", "Add -o OUT.png.");
  const target = fromCaller(values.output);
  const model = values.model === undefined ? undefined : placedModel(values.model);
  const file = await graphFor(values, model, picture);
  const graph = await loadGraph(file);
  requireNames(graph, file, names);
  const { code } = await runInChild({
    folder: path.dirname(file),
    isWithoutCache: values["no-cache"],
    isJson: values.json,
    device: deviceOf(values),
    prepare(catalogue) {
      let edited = withInput(graph, catalogue, ["picture", picture]);
      edited = withInput(edited, catalogue, ["instruction", instruction]);
      const options = { ...editOptions, model: "checkpoint" };
      edited = withOptions(edited, catalogue, options, { ...values, model });
      for (const pair of values.set) {
        edited = withInput(edited, catalogue, parsePair("--set", pair), `--set ${pair}`);
      }
      if (values["no-iaa"]) edited = withoutAdapter(edited);
      return writing(edited, catalogue, target, values.overwrite);
    },
  });
  if (code === exitCodes.done && !values.json) stdout.write(`${target}\n`);
  return code;
}

import { chooseWeightFile, ModelError } from "@insightgraph/models";
import { EditingError } from "../errors.ts";
import { type CheckpointFile, folderOf, nameOf } from "./checkpoint-files.ts";
import { chooseGraphs, wantsGraphs } from "./plan-graphs.ts";

/** A part of a checkpoint, before its files are read. */
export interface PlannedComponent {
  readonly name: string;
  /** Relative to the repository's root; "" is the root. */
  readonly folder: string;
  /** Whether it is a single weights file, such as a LoRA or an IP-Adapter, at most with a PEFT config beside it. */
  readonly isBare: boolean;
  readonly weights: readonly CheckpointFile[];
  /** Configs, vocabularies, shard indices. */
  readonly others: readonly CheckpointFile[];
  /** From model_index.json. */
  readonly library?: string;
  readonly architecture?: string;
}

/** Which parts of a repository to plan. */
export interface PlanOptions {
  /** The repository, for error messages. */
  readonly source: string;
  readonly modelIndex?: Readonly<Record<string, unknown>> | undefined;
  readonly only?: readonly string[] | undefined;
  /** Precision to prefer, such as `fp16`. */
  readonly variant?: string | undefined;
}

/** How PEFT describes a LoRA beside its file. */
export const adapterConfig = "adapter_config.json";
const networkConfigs = ["config.json", adapterConfig];
const tokenizerFiles = [
  ...["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"],
  ...["vocab.json", "merges.txt", "vocab.txt", "tokenizer.model", "spiece.model"],
  ...["chat_template.jinja", "chat_template.json"],
];
const vocabularyFiles = [
  "tokenizer.json",
  "vocab.json",
  "vocab.txt",
  "tokenizer.model",
  "spiece.model",
];
const processorFiles = ["preprocessor_config.json", "processor_config.json"];
const schedulerFiles = ["scheduler_config.json"];

/** Whether a file name has an ending that pickled weights use. */
export const isPickle = (name: string): boolean => /\.(bin|ckpt|pt|pth|pkl)$/.test(name);
/** Whether a file is one of several that hold a network's weights. */
export const isShard = (name: string): boolean => /-\d{5}-of-\d{5}/.test(name);
/** Whether a file lists in which shards a network's tensors are. */
export const isIndex = (name: string): boolean =>
  /\.safetensors\.([\w-]+\.)?index(\.[\w-]+)?\.json$/.test(name);
/** Whether a file has a name under which diffusers, transformers or peft save a network. */
export const isCanonical = (name: string): boolean =>
  /^(diffusion_pytorch_model|model|adapter_model)[.-]/.test(name);
/** Whether a file holds safetensors. */
export const isWeights = (name: string): boolean => name.endsWith(".safetensors");

/** The error for a part that is only published as a pickle. */
export function pickleError(source: string, part: string, file: string): EditingError {
  return new EditingError("checkpoint.pickle", `${part} is published only as a pickle, ${file}.`, {
    at: source,
    hint: "Pickles can run code, so they are never opened. Convert it to .safetensors (https://huggingface.co/spaces/safetensors/convert opens a pull request, which you can add as @refs/pr/NUMBER), or leave the part out with --only.",
  });
}

/** The weights file of a folder, or its shards and their index. */
function chooseWeights(
  files: readonly CheckpointFile[],
  part: string,
  { source, variant }: PlanOptions,
): readonly CheckpointFile[] {
  const names = files.map(({ path }) => nameOf(path));
  try {
    const chosen = chooseWeightFile(folderOf(files[0]?.path ?? ""), names, variant);
    const isChosen = (name: string): boolean => {
      if (name === chosen.name) return true;
      if (!chosen.isIndex || !isShard(name) || !isWeights(name)) return false;
      // `.fp16-00001-of-2.safetensors`, or the older form `-00001-of-2.fp16.safetensors`.
      const found = /\.([\w-]+?)-\d{5}-of|of-\d{5}\.([\w-]+)\.safetensors$/.exec(name);
      return (found?.[1] ?? found?.[2]) === chosen.variant;
    };
    return files.filter(({ path }) => isChosen(nameOf(path)));
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    const pickle = names.find(isPickle);
    if (pickle !== undefined) throw pickleError(source, part, pickle);
    throw new EditingError("checkpoint.part", `${part} has no .safetensors file.`, {
      at: source,
      hint: "Expected model.safetensors or diffusion_pytorch_model.safetensors. Leave the part out with --only.",
      cause: thrown,
    });
  }
}

/** The files with one of some names. */
export function pick(files: readonly CheckpointFile[], names: readonly string[]): CheckpointFile[] {
  return files.filter(({ path }) => names.includes(nameOf(path)));
}

/** Plans a part when it is requested. */
export type Planner = (options: PlanOptions) => PlannedComponent;

/**
 * The planner for a folder that holds a network, a tokenizer, a processor or a scheduler.
 * @param graphs ONNX graphs of the network; they are taken where it has no weights of its own, or where the variant asks for them.
 */
export function planFolder(
  name: string,
  folder: string,
  inside: readonly CheckpointFile[],
  graphs: readonly CheckpointFile[] = [],
): Planner | undefined {
  const base = { name, folder, isBare: false, weights: [] };
  const names = inside.map(({ path }) => nameOf(path));
  const has = (files: readonly string[]): boolean => names.some((one) => files.includes(one));
  if (
    has(["config.json"]) ||
    names.some((one) => isCanonical(one) && (isWeights(one) || isPickle(one)))
  ) {
    return (options) => {
      const { variant } = options;
      if (graphs.length > 0 && (wantsGraphs(variant) || !names.some(isWeights))) {
        const others = [...pick(inside, networkConfigs), ...chooseGraphs(graphs, variant)];
        return { ...base, others };
      }
      const chosen = chooseWeights(inside, name, options);
      const weights = chosen.filter(({ path }) => isWeights(path));
      const index = chosen.filter(({ path }) => !isWeights(path));
      return { ...base, weights, others: [...pick(inside, networkConfigs), ...index] };
    };
  }
  // A processor of pictures and texts lies in one folder.
  const configs = has(schedulerFiles)
    ? schedulerFiles
    : [
        ...(has(vocabularyFiles) ? tokenizerFiles : []),
        ...(has(processorFiles) ? processorFiles : []),
      ];
  return configs.length === 0 ? undefined : () => ({ ...base, others: pick(inside, configs) });
}

/** Planners for the tokenizer and the processor in a model's own folder. */
export function planBeside(folder: string, inside: readonly CheckpointFile[]): [string, Planner][] {
  const [tokenizer, processor] = [pick(inside, tokenizerFiles), pick(inside, processorFiles)];
  const base = { folder, isBare: false, weights: [] };
  const found: [string, Planner][] = [];
  if (pick(tokenizer, vocabularyFiles).length > 0) {
    found.push(["tokenizer", () => ({ ...base, name: "tokenizer", others: tokenizer })]);
  }
  if (processor.length > 0) {
    found.push([
      "feature_extractor",
      () => ({ ...base, name: "feature_extractor", others: processor }),
    ]);
  }
  return found;
}

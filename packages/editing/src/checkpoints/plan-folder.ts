import { chooseWeightFile, ModelError } from "@insightgraph/models";
import { EditingError } from "../errors.ts";
import { type CheckpointFile, folderOf, nameOf } from "./checkpoint-files.ts";

/** A part of a checkpoint, before its files are read. */
export interface PlannedComponent {
  readonly name: string;
  /** From the repository's root; "" is the root. */
  readonly folder: string;
  /** Whether it is a lone weights file, as LoRA and IP-Adapter files are; at most PEFT's configuration is beside it. */
  readonly isBare: boolean;
  readonly weights: readonly CheckpointFile[];
  /** Configs, vocabularies, indices of shards. */
  readonly others: readonly CheckpointFile[];
  /** From model_index.json. */
  readonly library?: string;
  readonly architecture?: string;
}

export interface PlanOptions {
  /** The repository, for messages. */
  readonly source: string;
  readonly modelIndex?: Readonly<Record<string, unknown>> | undefined;
  readonly only?: readonly string[] | undefined;
  /** Precision to prefer, as `fp16`. */
  readonly variant?: string | undefined;
}

/** How PEFT describes a LoRA beside its file. */
export const adapterConfig = "adapter_config.json";
const NETWORK_CONFIGS = ["config.json", adapterConfig];
const TOKENIZER = [
  ...["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"],
  ...["vocab.json", "merges.txt", "vocab.txt", "tokenizer.model", "spiece.model"],
];
const VOCABULARIES = [
  "tokenizer.json",
  "vocab.json",
  "vocab.txt",
  "tokenizer.model",
  "spiece.model",
];
const PROCESSOR = ["preprocessor_config.json", "processor_config.json"];
const SCHEDULER = ["scheduler_config.json"];

export const isPickle = (name: string): boolean => /\.(bin|ckpt|pt|pth|pkl)$/.test(name);
export const isShard = (name: string): boolean => /-\d{5}-of-\d{5}/.test(name);
export const isCanonical = (name: string): boolean =>
  /^(diffusion_pytorch_model|model|adapter_model)[.-]/.test(name);
export const isWeights = (name: string): boolean => name.endsWith(".safetensors");

export function pickleError(source: string, part: string, file: string): EditingError {
  return new EditingError("checkpoint.pickle", `${part} is published as ${file} alone, a pickle.`, {
    at: source,
    hint: "Pickles can run code, so they are never opened. Convert it to .safetensors (https://huggingface.co/spaces/safetensors/convert makes a pull request with it, which is then @refs/pr/NUMBER), or leave the part out with --only.",
  });
}

/** The file or shards that hold a folder's weights, with their index. */
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
      // `.fp16-00001-of-2.safetensors`, or the older `-00001-of-2.fp16.safetensors`
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
      hint: "Expected model.safetensors or diffusion_pytorch_model.safetensors; leave the part out with --only.",
      cause: thrown,
    });
  }
}

export function pick(files: readonly CheckpointFile[], names: readonly string[]): CheckpointFile[] {
  return files.filter(({ path }) => names.includes(nameOf(path)));
}

/** Plans a part once it is wanted. */
export type Planner = (options: PlanOptions) => PlannedComponent;

/** What lies in one folder: a network, a tokenizer, a processor, a scheduler. */
export function planFolder(
  name: string,
  folder: string,
  inside: readonly CheckpointFile[],
): Planner | undefined {
  const base = { name, folder, isBare: false, weights: [] };
  const names = inside.map(({ path }) => nameOf(path));
  const has = (wanted: readonly string[]): boolean => names.some((one) => wanted.includes(one));
  if (
    has(["config.json"]) ||
    names.some((one) => isCanonical(one) && (isWeights(one) || isPickle(one)))
  ) {
    return (options) => {
      const chosen = chooseWeights(inside, name, options);
      const weights = chosen.filter(({ path }) => isWeights(path));
      const index = chosen.filter(({ path }) => !isWeights(path));
      return { ...base, weights, others: [...pick(inside, NETWORK_CONFIGS), ...index] };
    };
  }
  const wanted = has(SCHEDULER)
    ? SCHEDULER
    : has(VOCABULARIES)
      ? TOKENIZER
      : has(PROCESSOR)
        ? PROCESSOR
        : [];
  return wanted.length === 0 ? undefined : () => ({ ...base, others: pick(inside, wanted) });
}

/** What a model's own folder holds beside its weights. */
export function planBeside(folder: string, inside: readonly CheckpointFile[]): [string, Planner][] {
  const [tokenizer, processor] = [pick(inside, TOKENIZER), pick(inside, PROCESSOR)];
  const base = { folder, isBare: false, weights: [] };
  const found: [string, Planner][] = [];
  if (pick(tokenizer, VOCABULARIES).length > 0) {
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

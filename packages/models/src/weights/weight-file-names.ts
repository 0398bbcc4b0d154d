import { ModelError } from "../errors.ts";

/** What the name of a file of weights says. */
export interface WeightFileName {
  readonly name: string;
  readonly isIndex: boolean;
  readonly variant: string | undefined;
}

const bases = "(?:diffusion_pytorch_model|model|adapter_model|pytorch_lora_weights)";

/** A shard's name carries its number: it is opened through its index. */
const single = new RegExp(`^${bases}(?:\\.([\\w-]+))?\\.safetensors$`);
/** diffusers wrote `.safetensors.index.fp16.json`, later `.safetensors.fp16.index.json`. */
const index = new RegExp(`^${bases}\\.safetensors\\.index(?:\\.([\\w-]+))?\\.json$`);
const laterIndex = new RegExp(`^${bases}\\.safetensors\\.([\\w-]+)\\.index\\.json$`);
const shard = /-\d{5}-of-\d{5}/;

function readName(name: string): WeightFileName | undefined {
  const asIndex = index.exec(name) ?? laterIndex.exec(name);
  if (asIndex) return { name, isIndex: true, variant: asIndex[1] };
  const asFile = shard.test(name) ? null : single.exec(name);
  return asFile ? { name, isIndex: false, variant: asFile[1] } : undefined;
}

function nothingFound(folder: string, names: readonly string[]): ModelError {
  const pickle = names.find((name) => /\.(bin|ckpt|pt|pth)$/.test(name));
  if (pickle !== undefined) {
    return new ModelError(
      "weights.format",
      `the folder holds ${pickle}, a pickle, but no .safetensors file.`,
      {
        at: folder,
        hint: "Pickles can run code, so they are never opened: convert the file with safetensors' own tools.",
      },
    );
  }
  return new ModelError("weights.unreadable", "the folder has no .safetensors file.", {
    at: folder,
    hint: "Expected model.safetensors or diffusion_pytorch_model.safetensors, or an index of shards.",
  });
}

/**
 * Which of a folder's files holds the weights: the wanted variant first, then the plain one, then any;
 * an index before a single file.
 * Throws: weights.unreadable, weights.format.
 */
export function chooseWeightFile(
  folder: string,
  names: readonly string[],
  variant?: string,
): WeightFileName {
  const found = names.map(readName).filter((one) => one !== undefined);
  const rank = (one: WeightFileName): number => {
    const fit = one.variant === variant ? 0 : one.variant === undefined ? 1 : 2;
    return 2 * fit + (one.isIndex ? 0 : 1);
  };
  const [best] = found.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  if (best === undefined) throw nothingFound(folder, names);
  return best;
}

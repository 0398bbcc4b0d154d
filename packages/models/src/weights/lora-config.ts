import { ModelError } from "../errors.ts";
import { isRecord } from "../files/is-record.ts";

/** What the configuration of a PEFT adapter says of the scale of its layers. */
export interface LoraConfig {
  /** Where it stands, for messages. */
  readonly source: string;
  readonly alpha: number;
  readonly rank: number | undefined;
  /** The scale is alpha over the square root of the rank. Source: rsLoRA (arXiv:2312.03732), theorem 3.2. */
  readonly isRankStabilized: boolean;
  /** Alphas and ranks of single layers, by regular expressions of their paths' ends. */
  readonly alphaPattern: Readonly<Record<string, number>>;
  readonly rankPattern: Readonly<Record<string, number>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields that turn a LoRA into another method. */
const otherMethods: Readonly<Record<string, string>> = {
  use_dora: "DoRA",
  use_qalora: "QALoRA",
  use_bdlora: "BD-LoRA",
  alora_invocation_tokens: "aLoRA",
  lora_bias: "LoRA with a bias",
};

function configError(at: string, what: string, hint: string): ModelError {
  return new ModelError("weights.lora", what, { at, hint });
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

function refuseOtherMethods(fields: Fields, source: string): void {
  const type = fields["peft_type"] ?? "LORA";
  const other = Object.keys(otherMethods).find((name) => (fields[name] ?? false) !== false);
  const method = type === "LORA" ? other && otherMethods[other] : String(type);
  if (method === undefined) return;
  throw configError(source, `${method} is not supported.`, "Use a plain LoRA.");
}

function patternOf(fields: Fields, name: string, source: string): Readonly<Record<string, number>> {
  const pattern = fields[name] ?? {};
  if (isRecord(pattern) && Object.values(pattern).every(isNumber)) {
    return pattern as Record<string, number>;
  }
  throw configError(source, `${name} must map layers to numbers.`, "Download the file again.");
}

/**
 * Reads PEFT's `adapter_config.json`, or the same fields from elsewhere.
 * Throws: weights.lora, for another method such as DoRA and for a field of the wrong type.
 * Source: PEFT 0.21's LoraConfig.
 */
export function parseLoraConfig(json: unknown, source = "adapter_config.json"): LoraConfig {
  if (!isRecord(json))
    throw configError(source, "is not a JSON object.", "Download the file again.");
  refuseOtherMethods(json, source);
  // PEFT's own defaults.
  const { lora_alpha: alpha = 8, r: rank, use_rslora: isStabilized = false } = json;
  if (!isNumber(alpha) || !(rank === undefined || isNumber(rank))) {
    throw configError(source, "lora_alpha and r must be numbers.", "Download the file again.");
  }
  if (typeof isStabilized !== "boolean") {
    throw configError(source, "use_rslora must be true or false.", "Download the file again.");
  }
  return {
    source,
    alpha,
    rank,
    isRankStabilized: isStabilized,
    alphaPattern: patternOf(json, "alpha_pattern", source),
    rankPattern: patternOf(json, "rank_pattern", source),
  };
}

const metadataName = "lora_adapter_metadata";

/**
 * Reads the configuration that diffusers keeps in a file's header, where each field has the network's name before it.
 * Returns undefined where the header says nothing of this network. Throws: weights.lora.
 */
export function headerLoraConfig(
  metadata: Readonly<Record<string, string>>,
  part: string,
): LoraConfig | undefined {
  const text = metadata[metadataName];
  if (text === undefined) return undefined;
  let all: unknown;
  try {
    all = JSON.parse(text);
  } catch {
    throw configError(metadataName, "is not valid JSON.", "Download the file again.");
  }
  if (!isRecord(all))
    throw configError(metadataName, "is not a JSON object.", "Download the file again.");
  const prefix = `${part}.`;
  const own = Object.entries(all).filter(([name]) => name.startsWith(prefix));
  // PEFT's own writers leave the prefix out: the file holds one network.
  const isBare = "lora_alpha" in all;
  if (own.length === 0) return isBare ? parseLoraConfig(all, metadataName) : undefined;
  const fields = Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
  return parseLoraConfig(fields, metadataName);
}

/** The value of the first pattern that a path ends in; patterns are regular expressions. Throws: weights.lora. */
function matching(
  pattern: Readonly<Record<string, number>>,
  path: string,
  source: string,
): number | undefined {
  const found = Object.entries(pattern).find(([key]) => {
    try {
      return new RegExp(`^(?:.*\\.)?(?:${key})$`).test(path);
    } catch {
      throw configError(source, `the pattern ${key} is not a regular expression.`, "Correct it.");
    }
  });
  return found?.[1];
}

/**
 * The scale that a configuration gives a layer. Throws: weights.lora, when the layer has another rank than it says.
 * Source: LoRA (arXiv:2106.09685), section 4.1; rsLoRA (arXiv:2312.03732), theorem 3.2; matching as in PEFT 0.21.
 */
export function configuredScale(config: LoraConfig, path: string, rank: number): number {
  const { source, alpha, isRankStabilized, alphaPattern, rankPattern } = config;
  const stated = matching(rankPattern, path, source) ?? config.rank ?? rank;
  if (stated !== rank) {
    throw new ModelError("weights.lora", `its rank is ${rank}, but ${source} says ${stated}.`, {
      at: path,
      hint: "Use the configuration that was saved with these weights.",
    });
  }
  const own = matching(alphaPattern, path, source) ?? alpha;
  return own / (isRankStabilized ? Math.sqrt(rank) : rank);
}

import { closest } from "fastest-levenshtein";
import { EditingError } from "../errors.ts";
import { isRecord } from "./is-record.ts";

/** One part of a checkpoint on this machine. */
export interface CheckpointComponent {
  /** Absolute. */
  readonly folder: string;
  /** Absolute: one .safetensors file or all shards; for a part without weights, all of its files. */
  readonly files: readonly string[];
  /** Absolute. */
  readonly configPath?: string | undefined;
  /** Content of the config; empty if there is none. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly className?: string | undefined;
  /** The type of most of the weights. */
  readonly dtype?: string | undefined;
  /** In hex: equal digests, equal content. */
  readonly digest: string;
  readonly licence?: string | undefined;
}

/** Part names that match a single weights file of any name. */
const bareNames = ["lora", "ip_adapter"];

/** A part of a checkpoint by name; "lora" and "ip_adapter" match a single weights file of any name. */
export function partNamed<T>(
  parts: ReadonlyMap<string, T>,
  name: string,
  isBare: (part: T) => boolean,
): T | undefined {
  const found = parts.get(name);
  if (found !== undefined || !bareNames.includes(name)) return found;
  const [alone, other] = [...parts.values()].filter(isBare);
  return other === undefined ? alone : undefined;
}

/** Whether a config lists a part among several networks in one file. */
export function holdsPart(config: Readonly<Record<string, unknown>>, part: string): boolean {
  const { network } = config;
  return isRecord(network) && part in network;
}

/** The weights among a part's files, or all files if it has no weights. */
export function weightsOrAll(files: readonly string[]): readonly string[] {
  const weights = files.filter((file) => file.endsWith(".safetensors"));
  return weights.length > 0 ? weights : files;
}

/** The error for a part that a checkpoint does not have. */
export function unknownPart(
  checkpoint: string,
  part: string,
  parts: readonly string[],
): EditingError {
  const nearest = parts.length > 0 ? `Did you mean ${closest(part, parts)}? ` : "";
  return new EditingError("checkpoint.part", `it has no part "${part}".`, {
    at: checkpoint,
    hint: `${nearest}It has ${parts.join(", ")}.`,
  });
}

import { createHash } from "node:crypto";
import {
  type Lora,
  type LoweringTarget,
  loraRefine,
  loraStrength,
  loraWeights,
  ModelError,
  type Network,
  networkSource,
  type WeightCopies,
  type WeightMap,
} from "@insightgraph/models";
import { unfitArgument } from "../errors.ts";
import { type ConversionWaiter, fitWeights } from "./fit-weights.ts";
import type { TensorValue } from "./tensor.ts";

/** An opened network. */
export interface NetworkSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** @param into Buffers to write results into, by output name; other outputs are allocated. */
  run(
    feeds: Readonly<Record<string, TensorValue>>,
    into?: Readonly<Record<string, TensorValue>>,
  ): Promise<Readonly<Record<string, TensorValue>>>;
}

/** A network to open. */
export interface SessionSource {
  /** Equal keys mean equal bytes on a device, so that sessions can be cached and shared. */
  readonly key: string;
  onnx(target: LoweringTarget): Uint8Array;
  /** Folder of the model's external tensors. */
  readonly externalFolder?: string | undefined;
  readonly weightCopies?: WeightCopies | undefined;
  /** Size of the weights in memory. */
  readonly weightBytes?: number;
}

/** Opens networks and owns their sessions; a node's context is one. */
export interface NetworkOpener extends ConversionWaiter {
  open(source: SessionSource): Promise<NetworkSession>;
}

/** A LoRA on a network's layers. The strength is an input of each run, so changing it does not reopen the network. */
export interface LoadedLora {
  /** SHA-256 of the file's content, in hex. */
  readonly digest: string;
  readonly layers: Lora;
  readonly strength: number;
}

/** Weights of one or more networks, with their identity. */
export interface Weighted {
  /** SHA-256 of the checkpoint's content, in hex. */
  readonly digest: string;
  readonly weights: WeightMap;
  /** Prefix of the networks' keys in the checkpoint. @default "" */
  readonly part?: string;
  readonly loras?: readonly LoadedLora[];
  /** Whether the weights are read from their files at each use. @default false */
  readonly staysInFiles?: boolean;
  /** Whether bfloat16 is converted once, rather than whenever the network opens. @default false */
  readonly convertsOnce?: boolean;
  /** Whether matrices are used in 8 bits. @default false */
  readonly inInt8?: boolean;
}

/** LoRA strengths by input name; a LoRA without layers in this network has no input. */
function strengthsOf(
  loras: readonly LoadedLora[],
  inputs: readonly string[],
): Readonly<Record<string, TensorValue>> {
  const scalars = loras.map(({ strength }, place): [string, TensorValue] => [
    loraStrength(place),
    { dtype: "float32", shape: [], data: Float32Array.of(strength) },
  ]);
  return Object.fromEntries(scalars.filter(([name]) => inputs.includes(name)));
}

/** A checkpoint's weights and those of its LoRAs. */
function withLoras(weights: WeightMap, loras: readonly LoadedLora[]): WeightMap {
  if (loras.length === 0) return weights;
  return new Map([...weights, ...loraWeights(loras.map(({ layers }) => layers))]);
}

/** Blames weights that do not fit the network on the model, not on the node that runs it. */
async function blamingModel<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause;
    const at = cause.at === undefined ? "" : `${cause.at}: `;
    throw unfitArgument("model", `${at}${cause.what}`, cause.hint, cause);
  }
}

/**
 * Opens a network with a checkpoint's weights and LoRAs. The session's key covers their content, its name and config.
 * Throws: argument.unfit at `model` if weights are missing, not finite or have another shape.
 */
export async function openNetwork<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
>(
  opener: NetworkOpener,
  model: Weighted,
  network: Network<Config, Input, Output, Optional>,
  config: Config,
): Promise<NetworkSession> {
  const { part = "", digest, loras = [], staysInFiles, inInt8 = false } = model;
  const variant = JSON.stringify([config, loras.map((lora) => lora.digest), inInt8]);
  const shape = createHash("sha256").update(variant).digest("hex").slice(0, 16);
  const refine = loras.length === 0 ? undefined : loraRefine(loras.map(({ layers }) => layers));
  const fitted = await blamingModel(() => fitWeights(opener, model));
  const source = networkSource(network, config, withLoras(fitted, loras), {
    prefix: part,
    refine,
    staysInFiles,
  });
  const wanted: SessionSource = {
    key: `${digest}/${part}/${network.name}/${shape}`,
    onnx: source.onnx,
    externalFolder: source.externalFolder,
    weightCopies: source.weightCopies,
    // Counting builds the network, which a session that is open already does without.
    get weightBytes() {
      return source.weightBytes;
    },
  };
  const session = await blamingModel(() => opener.open(wanted));
  if (loras.length === 0) return session;
  const strengths = strengthsOf(loras, session.inputs);
  return { ...session, run: (feeds, into) => session.run({ ...feeds, ...strengths }, into) };
}

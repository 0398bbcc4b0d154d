import { defineNode, inputError, param } from "@insightgraph/engine/node";
import {
  buildNetwork,
  clipText as clipTextNetwork,
  openFiles,
  parseLora,
  unet2dCondition,
} from "@insightgraph/models";
import { type CheckpointComponent, findComponent } from "../checkpoints/find-component.ts";
import { clipText, unet } from "../model-port-types.ts";
import { opened } from "./checkpoint-param.ts";
import type { LoadedLora, ModelComponent } from "./component.ts";
import type { ClipTextPart, UnetPart } from "./diffusers-parts.ts";
import { fingerprintOf } from "./fingerprint.ts";

const suffix = ".weight";

function layersOf(keys: Iterable<string>): readonly string[] {
  return [...keys].filter((key) => key.endsWith(suffix)).map((key) => key.slice(0, -suffix.length));
}

const unetLayers = ({ config }: UnetPart): readonly string[] =>
  layersOf(buildNetwork(unet2dCondition, { unet: config, textTokens: 1 }).graph.weights.keys());

const textLayers = ({ config }: ClipTextPart): readonly string[] =>
  layersOf(buildNetwork(clipTextNetwork, config).graph.weights.keys());

/** The file's additions to both networks; a file for one of them leaves the other as it is. */
function readLora(component: CheckpointComponent, model: UnetPart, text: ClipTextPart | undefined) {
  const weights = openFiles(component.files);
  const read = (part: "unet" | "text_encoder", layers: readonly string[]) =>
    parseLora(weights, { layers, part });
  const found = {
    unet: read("unet", unetLayers(model)),
    text: text && read("text_encoder", textLayers(text)),
  };
  if (found.unet.size > 0 || (found.text?.size ?? 0) > 0) return found;
  throw inputError("it holds nothing for this network.", {
    param: "lora",
    hint: "Connect the text encoder as well, or take a LoRA made for this network.",
  });
}

function diffusersUnet(model: ModelComponent | UnetPart): UnetPart {
  if (model.kind === "diffusers") return model;
  throw inputError("this network takes no LoRA.", {
    input: "model",
    hint: "Connect a UNet of Stable Diffusion's family, as model.unet gives it.",
  });
}

/** The store speaks of a checkpoint; here the param has another name. */
async function found<T>(task: Promise<T>): Promise<T> {
  try {
    return await task;
  } catch (error) {
    const told = error as Partial<{ what: string; hint: string }>;
    if (told.what === undefined || told.hint === undefined) throw error;
    throw inputError(told.what, { param: "lora", hint: told.hint, cause: error });
  }
}

/** Source: LoRA (arXiv:2106.09685). */
export const loraModel = defineNode({
  type: "model.lora",
  version: 1,
  title: "LoRA",
  doc: "Adds a LoRA to a UNet, and to its text encoder; the strength can be changed at any time, at no cost.",
  inputs: {
    model: unet("Network to add to."),
    clipText: clipText.optional("Text encoder to add to."),
  },
  params: {
    lora: param.text({
      default: "",
      doc: "Name of a LoRA that was added, or dir: and the path of the folder with its file.",
    }),
    strength: param.number({
      default: 1,
      min: -2,
      max: 2,
      step: 0.05,
      doc: "1 as it was trained, 0 without it.",
    }),
  },
  outputs: {
    model: unet("Network with the LoRA."),
    clipText: clipText.optional("Text encoder with the LoRA, where one came in."),
  },
  fingerprint: ({ lora }) => found(fingerprintOf(lora, "lora")),
  async run({ model, clipText: text }, { lora, strength }) {
    const base = diffusersUnet(model);
    const component = await found(findComponent(lora, "lora"));
    const added = await opened(() => readLora(component, base, text), "lora");
    const loaded = (layers: LoadedLora["layers"]): LoadedLora => ({
      digest: component.digest,
      layers,
      strength,
    });
    const withLora = { ...base, loras: [...(base.loras ?? []), loaded(added.unet)] };
    if (text === undefined || added.text === undefined) return { model: withLora };
    return {
      model: withLora,
      clipText: { ...text, loras: [...(text.loras ?? []), loaded(added.text)] },
    };
  },
});

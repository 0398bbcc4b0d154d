import { unfitArgument } from "../../errors.ts";
import type { Picture } from "../../pictures/picture.ts";
import { resampleAsPillow } from "../../pictures/resample.ts";
import { type LanguageModel, requireSight, type TextReading } from "../language-model.ts";
import type { NetworkOpener } from "../open-network.ts";
import type { TensorValue } from "../tensor.ts";
import { refuseMarks } from "./refuse-marks.ts";

const dreamliteEdit =
  "Describe the key features of the input image (color, shape, size, texture, objects, background), then explain how the user's text instruction should alter or modify the image. Generate a new image that meets the user's requirements while maintaining consistency with the original input where appropriate.";
const dreamliteGenerate =
  "Describe the image by detailing the color, shape, size, texture, quantity, text, spatial relationships of the objects and background:";

const framed = (orders: string, text: string): string =>
  `<|im_start|>system\n${orders}<|im_end|>\n<|im_start|>user\n${text}<|im_end|>\n<|im_start|>assistant\n`;

const withPicture = (text: string): string =>
  framed(dreamliteEdit, `<|vision_start|><|image_pad|><|vision_end|>${text}`);

/** What an editor reads of an instruction. */
interface ConditionRules {
  readonly readsPicture: boolean;
  readonly reading: (text: string) => Omit<TextReading, "pictures">;
}

/**
 * How each editor has its language model read an instruction: prompt, layers, and what is left out before it.
 * Source: diffusers' DreamLitePipeline and Flux2KleinPipeline.
 */
const conditionRules = {
  "dreamlite-edit": {
    readsPicture: true,
    reading: (text) => ({
      text: withPicture(
        `[Edit]: A diptych with two side-by-side images of the same scene. Compared to the right side, the left one has ${text}`,
      ),
      layers: [-1],
      skip: 64,
    }),
  },
  "dreamlite-negative": {
    readsPicture: true,
    reading: (text) => ({ text: withPicture(text), layers: [-1], skip: 64 }),
  },
  "dreamlite-generate": {
    readsPicture: false,
    reading: (text) => ({
      text: framed(dreamliteGenerate, `[Generate]: ${text}`),
      layers: [-1],
      skip: 34,
    }),
  },
  "flux2-klein": {
    readsPicture: false,
    reading: (text) => ({
      text: [{ role: "user", text }],
      layers: [9, 18, 27],
      skip: 0,
      length: 512,
    }),
  },
} as const satisfies Record<string, ConditionRules>;

/** Which editor reads the states. */
export type ConditionPurpose = keyof typeof conditionRules;

/** All purposes. */
export const conditionPurposes = [
  "dreamlite-edit",
  "dreamlite-negative",
  "dreamlite-generate",
  "flux2-klein",
] as const satisfies readonly ConditionPurpose[];

/** Side of the square to which DreamLite stretches the picture that its language model sees. */
const seenSide = 512;

/** What an editor's language model is shown. */
interface Instruction {
  readonly text: string;
  readonly picture?: Picture | undefined;
}

/** Throws: argument.unfit at `text`, `image` or `model`, for what `conditionStates` would refuse. */
export function requireReadable(
  model: LanguageModel,
  purpose: ConditionPurpose,
  { text, picture }: Instruction,
): void {
  refuseMarks(text, "text");
  if (!conditionRules[purpose].readsPicture) return;
  requireSight(model);
  if (picture !== undefined) return;
  throw unfitArgument(
    "image",
    `${purpose} reads the picture with the instruction.`,
    "Connect the picture to edit.",
  );
}

/**
 * The states of an instruction, and of the picture it is about, as an editor reads them. Shapes: -> [1, S, E]
 * Throws: argument.unfit at `text`, `image` or `model`; sampling.not-finite.
 */
export function conditionStates(
  opener: NetworkOpener,
  model: LanguageModel,
  purpose: ConditionPurpose,
  instruction: Instruction,
): Promise<TensorValue> {
  requireReadable(model, purpose, instruction);
  const { text, picture } = instruction;
  const { readsPicture, reading } = conditionRules[purpose];
  const size = { width: seenSide, height: seenSide };
  const pictures =
    readsPicture && picture !== undefined ? [resampleAsPillow(picture, size, "lanczos3")] : [];
  return model.states(opener, { ...reading(text), pictures });
}

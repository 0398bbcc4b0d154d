import { type ColumnMapping, valueAt } from "./column-mapping.ts";
import type { Fields } from "./record.ts";

/** How a published data set names its columns. */
export interface KnownLayout {
  readonly name: string;
  readonly mapping: ColumnMapping;
}

/** Published sets, from their own cards; `source_image` and the like are the names that InsightGraph uses. */
export const knownLayouts: readonly KnownLayout[] = [
  {
    name: "MagicBrush",
    mapping: {
      source_image: "source_img",
      edited_image: "target_img",
      mask_image: "mask_img",
      instruction: "instruction",
    },
  },
  {
    name: "UltraEdit",
    mapping: {
      source_image: "source_image",
      edited_image: "edited_image",
      mask_image: "mask_image",
      instruction: "edit_prompt",
    },
  },
  {
    name: "EMU Edit, generated",
    mapping: {
      source_image: "image",
      edited_image: "edited_image",
      instruction: "instruction",
      edit_type: "task",
      source_caption: "input_caption",
      target_caption: "output_caption",
    },
  },
  {
    name: "EMU Edit",
    mapping: {
      source_image: "image",
      instruction: "instruction",
      edit_type: "task",
      source_caption: "input_caption",
      target_caption: "output_caption",
    },
  },
  {
    name: "ImgEdit",
    mapping: {
      source_image: "input_images[0]",
      edited_image: "output_images[0]",
      instruction: "prompt",
    },
  },
  {
    name: "AnyEdit",
    mapping: {
      source_image: "image_file",
      edited_image: "edited_file",
      instruction: "edit",
      source_caption: "input",
      target_caption: "output",
      edit_object: "edited object",
    },
  },
  {
    name: "OpenGPT-4o-Image",
    mapping: {
      source_image: "input_image[0]",
      edited_image: "output_image",
      instruction: "input_prompt",
    },
  },
  {
    name: "InstructPix2Pix",
    mapping: {
      source_image: "input_image",
      edited_image: "edited_image",
      instruction: "edit_prompt",
    },
  },
  {
    name: "InstructPix2Pix, original pictures",
    mapping: {
      source_image: "original_image",
      edited_image: "edited_image",
      instruction: "edit_prompt",
    },
  },
];

/** The layout of a record whose columns are all there, the most particular first. */
export function findLayout(fields: Fields): KnownLayout | undefined {
  return knownLayouts.find(({ mapping }) =>
    Object.values(mapping).every((place) => valueAt(fields, place) !== undefined),
  );
}

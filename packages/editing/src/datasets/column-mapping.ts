import { EditingError } from "../errors.ts";
import { type Fields, type FieldValue, isPictureFile } from "./record.ts";

/** Where each field comes from: its name -> a place in the source, such as `input_images[0]`. */
export type ColumnMapping = Readonly<Record<string, string>>;

/**
 * Reads a mapping as people write it: `instruction=edit_prompt,source_image=input_images[0]`.
 * Throws: `dataset.field`.
 */
export function parseMapping(text: string): ColumnMapping {
  const pairs = text.split(",").map((pair) => {
    const [name = "", place = "", ...rest] = pair.split("=").map((part) => part.trim());
    if (name === "" || place === "" || rest.length > 0) {
      throw new EditingError("dataset.field", `"${pair}" is not FIELD=COLUMN`, {
        hint: "Write, for instance, instruction=edit_prompt,source_image=input_images[0].",
      });
    }
    return [name, place] as const;
  });
  return Object.fromEntries(pairs);
}

/** `a.b[0]` as its steps. */
function stepsOf(place: string): readonly string[] {
  return place.split(/\.|\[(\d+)\]/).filter((step) => step !== undefined && step !== "");
}

/** The value at a place; undefined where there is none. A column named like the whole place comes first. */
export function valueAt(fields: Fields, place: string): FieldValue | undefined {
  if (Object.hasOwn(fields, place)) return fields[place];
  let value: FieldValue | undefined = fields;
  for (const step of stepsOf(place)) {
    if (typeof value !== "object" || value === null || isPictureFile(value)) return undefined;
    // A list has a length of its own as well, but not as an item.
    const isThere: boolean = Object.prototype.propertyIsEnumerable.call(value, step);
    value = isThere ? (value as Fields)[step] : undefined;
  }
  return value;
}

/**
 * The fields under their new names; the columns that no field is taken from keep theirs.
 * @param isPartial Whether a place may be missing, because not all of the record was read. @default false
 * Throws: `dataset.field` for a place that the record lacks.
 */
export function applyMapping(
  fields: Fields,
  mapping: ColumnMapping,
  isPartial: boolean = false,
): Fields {
  const used = new Set(Object.values(mapping).flatMap((place) => [place, stepsOf(place)[0] ?? ""]));
  const kept = Object.entries(fields).filter(([name]) => !used.has(name) && !(name in mapping));
  const mapped = Object.entries(mapping).map(([name, place]) => {
    const value = valueAt(fields, place);
    if (value !== undefined) return [name, value] as const;
    if (isPartial) return [name, null] as const;
    throw new EditingError("dataset.field", `there is no "${place}" for the field "${name}"`, {
      hint: `The columns are ${Object.keys(fields).join(", ")}.`,
    });
  });
  return Object.fromEntries([...mapped, ...kept]);
}

import { EditingError } from "../errors.ts";
import { type Fields, type FieldValue, isPictureFile } from "./record.ts";

/** What a column holds. `json`: lists and objects. */
export type FieldKind = "picture" | "text" | "number" | "boolean" | "json";

/** A column of a data set; any value of it may be null. */
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
}

/** The columns that editing pairs have by convention, in the order in which they are written. */
export const pairFields: readonly Field[] = [
  { name: "source_image", kind: "picture" },
  { name: "edited_image", kind: "picture" },
  { name: "mask_image", kind: "picture" },
  { name: "instruction", kind: "text" },
  { name: "source_caption", kind: "text" },
  { name: "target_caption", kind: "text" },
  { name: "edit_type", kind: "text" },
];

function kindOf(value: FieldValue): FieldKind {
  if (isPictureFile(value)) return "picture";
  if (typeof value === "string") return "text";
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "json";
}

/** The columns of a record: those of pairs first, then the others; a null of unknown kind is text. */
export function schemaOf(fields: Fields): readonly Field[] {
  const known = pairFields.filter(({ name }) => fields[name] !== undefined);
  const names = new Set(known.map(({ name }) => name));
  const others = Object.entries(fields).flatMap(([name, value]): Field[] => {
    if (names.has(name)) return [];
    return [{ name, kind: value === null ? "text" : kindOf(value) }];
  });
  return [...known, ...others];
}

/**
 * A record's values in the order of the columns; null where it has none.
 * Throws: `dataset.field` for a value of another kind, and for a field that no column has.
 */
export function rowOf(schema: readonly Field[], fields: Fields): readonly FieldValue[] {
  const known = new Set(schema.map(({ name }) => name));
  const surplus = Object.keys(fields).find((name) => !known.has(name));
  if (surplus !== undefined) {
    throw new EditingError("dataset.field", `the data set has no field "${surplus}"`, {
      hint: "All records of a data set have the same fields. Write this one to another data set.",
    });
  }
  return schema.map(({ name, kind }) => {
    const value = fields[name] ?? null;
    if (value === null || kind === "json" || kindOf(value) === kind) return value;
    throw new EditingError("dataset.field", `"${name}" is ${kindOf(value)}, not ${kind}`, {
      hint: "All records of a data set have the same fields. Write this one to another data set.",
    });
  });
}

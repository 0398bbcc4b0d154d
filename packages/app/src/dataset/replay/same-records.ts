import {
  type Field,
  type Fields,
  type FieldValue,
  isPictureFile,
} from "@insightgraph/editing/datasets";

function isSame(one: FieldValue, two: FieldValue): boolean {
  if (isPictureFile(one) && isPictureFile(two)) return Buffer.from(one.bytes).equals(two.bytes);
  return JSON.stringify(one) === JSON.stringify(two);
}

/** What of an item's records is not as it was: names of fields, or `records` where there are more or fewer. */
export function changesOf(
  before: readonly Fields[],
  now: readonly Fields[],
  fields: readonly Field[],
): readonly string[] {
  if (before.length !== now.length) return ["records"];
  const names = fields.map(({ name }) => name);
  return names.filter((name) =>
    before.some((record, at) => !isSame(record[name] ?? null, now[at]?.[name] ?? null)),
  );
}

import type { FileMetaData, KeyValue } from "hyparquet";
import type { Field } from "./schema.ts";

const ownKey = "insightgraph";
const hubKey = "huggingface";

const hubTypes: Readonly<Record<Field["kind"], object>> = {
  picture: { _type: "Image" },
  text: { dtype: "string", _type: "Value" },
  number: { dtype: "float64", _type: "Value" },
  boolean: { dtype: "bool", _type: "Value" },
  json: { dtype: "string", _type: "Value" },
};

/** What a Parquet file says of its columns: to this reader, and to the hub's `datasets` library. */
export function metadataOf(schema: readonly Field[]): KeyValue[] {
  const features = Object.fromEntries(schema.map(({ name, kind }) => [name, hubTypes[kind]]));
  return [
    { key: ownKey, value: JSON.stringify({ fields: schema }) },
    { key: hubKey, value: JSON.stringify({ info: { features } }) },
  ];
}

/** Columns of text that hold JSON, by what `metadataOf` wrote. */
export function jsonFieldsOf({ key_value_metadata = [] }: FileMetaData): ReadonlySet<string> {
  const text = key_value_metadata.find(({ key }) => key === ownKey)?.value;
  if (text === undefined) return new Set();
  const { fields } = JSON.parse(text) as { readonly fields: readonly Field[] };
  return new Set(fields.filter(({ kind }) => kind === "json").map(({ name }) => name));
}

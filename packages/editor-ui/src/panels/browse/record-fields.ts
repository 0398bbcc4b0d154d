import type { Dataset, DatasetRecord } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";

/** The fields with a record's pictures, by what they show; what a data set lacks is undefined. */
export interface PictureFields {
  readonly shown: readonly string[];
  readonly mask: string | undefined;
}

const pair = ["source_image", "edited_image"];

/** The pictures of a data set's records: source and edited side by side, else the first one; masks lie over them. */
export function pictureFields({ fields }: Dataset): PictureFields {
  const names = fields.filter(({ kind }) => kind === "picture").map(({ name }) => name);
  const isMask = (name: string): boolean => /(^|_)mask(_|$)/.test(name);
  const known = pair.filter((name) => names.includes(name));
  const others = names.filter((name) => !isMask(name)).slice(0, 2);
  return {
    shown: known.length > 0 ? known : others,
    mask: names.includes("mask_image") ? "mask_image" : names.find(isMask),
  };
}

/** A number as short as it can be read. */
export function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** What became of a record, in words: a person's decision before that of the graph. */
export function stateOf({ decision, status }: DatasetRecord): string {
  return decision === undefined ? words.recordStatus[status] : words.recordDecision[decision];
}

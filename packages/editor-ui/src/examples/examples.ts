/// <reference types="vite/client" />

import editPhotograph from "./edit-photograph.webp";
import insightedit from "./insightedit.webp";
import severalInstructions from "./several-instructions.webp";

/** A graph that ships, as the start page offers it. */
export interface Example {
  /** The name of its file. */
  readonly id: string;
  /** What a run of it made; absent for graphs that make no picture, or need a model that does not ship. */
  readonly picture?: string;
  /** Whether it needs a model that is to be added first. */
  readonly needsModel?: boolean;
}

/** The graphs that ship, the ones to begin with first. */
export const examples: readonly Example[] = [
  { id: "insightedit", picture: insightedit },
  { id: "edit-photograph", picture: editPhotograph },
  { id: "several-instructions", picture: severalInstructions },
  { id: "compare-metrics" },
  { id: "evaluate" },
  { id: "train-mini" },
  { id: "instruct-pix2pix", needsModel: true },
  { id: "insightedit-sd15", needsModel: true },
  { id: "picture-as-prompt", needsModel: true },
];

const texts = import.meta.glob<string>("../../../../graphs/*.json", {
  query: "?raw",
  import: "default",
});
const samples = import.meta.glob<string>("../../../../graphs/samples/*", {
  query: "?url",
  import: "default",
});

/** The text of a graph that ships; undefined where there is none of that name. */
export async function exampleText(id: string): Promise<string | undefined> {
  return texts[`../../../../graphs/${id}.json`]?.();
}

/** Where the page has a sample picture that graphs name, such as `samples/coffee.jpg`. */
export async function sampleUrl(path: string): Promise<string | undefined> {
  return samples[`../../../../graphs/${path}`]?.();
}

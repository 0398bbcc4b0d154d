import type { CheckpointComponent } from "../checkpoints/component.ts";
import { findComponent, findOptional } from "../checkpoints/find-component.ts";
import { EditingError } from "../errors.ts";
import { clip } from "./clip/family.ts";
import { dinoFamily } from "./dino/family.ts";
import { dinov2Family } from "./dinov2/family.ts";
import { dreamlite } from "./dreamlite/family.ts";
import type { Capabilities, ModelFamily, PartReader } from "./family.ts";
import { flux2 } from "./flux2/family.ts";
import { groundingDino } from "./grounding-dino/family.ts";
import { insightEdit, smartEdit } from "./insightedit/family.ts";
import { learnedDistance } from "./lpips/family.ts";
import { nanodetFamily } from "./nanodet/family.ts";
import { owlVit } from "./owlvit/family.ts";
import { qwen, qwenEncoder } from "./qwen/family.ts";
import { segmentAnything } from "./sam/family.ts";
import { smolVlm } from "./smolvlm/family.ts";
import { shiftTolerantLpips } from "./st-lpips/family.ts";
import { stableDiffusion } from "./stable-diffusion/family.ts";

/** All known families. The first that reads a component opens it, so specific families come first. */
const families: ModelFamily[] = [
  insightEdit,
  smartEdit,
  dreamlite,
  flux2,
  stableDiffusion,
  clip,
  dinoFamily,
  dinov2Family,
  learnedDistance,
  shiftTolerantLpips,
  nanodetFamily,
  groundingDino,
  owlVit,
  segmentAnything,
  smolVlm,
  qwen,
  qwenEncoder,
];

/** Registers a family ahead of the known ones. @returns a function that removes it. */
export function registerFamily(family: ModelFamily): () => void {
  families.unshift(family);
  return () => void families.splice(families.indexOf(family), 1);
}

/** A part of a checkpoint and the reader that opens it. */
interface FoundPart<Part> {
  readonly component: CheckpointComponent;
  readonly reader: PartReader<Part>;
}

async function findPart<C extends keyof Capabilities>(
  checkpoint: string,
  capability: C,
): Promise<FoundPart<Capabilities[C]>> {
  const readers = families.flatMap(({ parts }) => parts[capability] ?? []);
  const unread: CheckpointComponent[] = [];
  for (const reader of readers) {
    const component = await findOptional(checkpoint, reader.component);
    if (component === undefined) continue;
    if (reader.reads(component)) return { component, reader };
    unread.push(component);
  }
  const [first] = unread;
  // The error for a missing part names the parts that exist.
  if (first === undefined) await findComponent(checkpoint, readers[0]?.component ?? capability);
  throw new EditingError("checkpoint.part", `no known family reads its ${first?.className}.`, {
    at: checkpoint,
    hint: `Known families: ${families.map(({ name }) => name).join(", ")}.`,
  });
}

/** What a checkpoint can be opened as. */
export async function capabilitiesOf(checkpoint: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const [capability, reader] of families.flatMap(({ parts }) => Object.entries(parts))) {
    const component = await findOptional(checkpoint, reader.component);
    if (component !== undefined && reader.reads(component)) found.add(capability);
  }
  return [...found];
}

/**
 * Opens a part of a checkpoint by capability, with the first family that reads it. Weights stay in their files.
 * Throws: checkpoint.*, weights.*, config.*, schedule.*, tokens.file.
 */
export async function openPart<C extends keyof Capabilities>(
  checkpoint: string,
  capability: C,
): Promise<Capabilities[C]> {
  const { component, reader } = await findPart(checkpoint, capability);
  const found = (reader.companions ?? []).map(async (name) => {
    return [name, await findOptional(checkpoint, name)] as const;
  });
  return reader.open(component, Object.fromEntries(await Promise.all(found)));
}

/** Parts that have been opened once, by capability and content. */
const checkedParts = new Set<string>();

/**
 * Identifies the content of everything that `openPart` reads, without reading weights. A part that cannot be opened is refused
 * here, so that a run knows it before it opens any network.
 * Throws: as `openPart`.
 */
export async function partFingerprint(
  checkpoint: string,
  capability: keyof Capabilities,
): Promise<string> {
  const { component, reader } = await findPart(checkpoint, capability);
  const digests = [component.digest];
  for (const name of reader.companions ?? []) {
    digests.push((await findOptional(checkpoint, name))?.digest ?? "");
  }
  const fingerprint = digests.join(" ");
  const checked = `${capability} ${fingerprint}`;
  if (!checkedParts.has(checked)) await openPart(checkpoint, capability);
  checkedParts.add(checked);
  return fingerprint;
}

import { type CheckpointComponent, findComponent } from "../checkpoints/find-component.ts";

/** A part that a checkpoint may lack. */
export async function findOptional(
  name: string,
  part: string,
): Promise<CheckpointComponent | undefined> {
  try {
    return await findComponent(name, part);
  } catch {
    return undefined;
  }
}

/** Digests of a checkpoint's parts, from its manifest: no weight is read. */
export async function fingerprintOf(name: string, ...parts: readonly string[]): Promise<string> {
  const [first = "", ...others] = parts;
  const digests = [(await findComponent(name, first)).digest];
  for (const part of others) digests.push((await findOptional(name, part))?.digest ?? "");
  return digests.join(" ");
}

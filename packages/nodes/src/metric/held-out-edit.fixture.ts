import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { heldOutScene } from "../model/node-run.fixture.ts";

/** A held-out edit: its two pictures, and the mask of what differs. */
export async function heldOutEdit(): Promise<{
  readonly image: Picture;
  readonly reference: Picture;
  readonly mask: Mask;
}> {
  const { source, target, mask } = await heldOutScene();
  const data = mask.map((value) => (value === 0 ? 0 : 255));
  return { image: source, reference: target, mask: { ...source, data } };
}

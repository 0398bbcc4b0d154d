import type { Random } from "./random.ts";
import type { SceneSplit } from "./scene.ts";
import type { Pose } from "./sprites.ts";

/** The longer sides, in pixels, at which objects stand in a scene. */
export const objectSizes = [40, 44, 48, 52, 56] as const;

/** Degrees an object may lean to either side. */
const lean = 24;
/** Every eighth degree begins a band, a third of it wide, in which objects lean in evaluation alone. */
const band = 8;

/** Whether an angle in degrees is held out for evaluation. */
export function isHeldOutAngle(angle: number): boolean {
  return Math.abs(angle) % band >= (2 * band) / 3;
}

/** Draws how an object stands; evaluation leans objects as training never does. */
export function drawPose(random: Random, split: SceneSplit): Pose {
  const size = random.pick(objectSizes);
  const isMirrored = random.chance(0.5);
  for (;;) {
    const angle = random.between(-lean, lean);
    if (isHeldOutAngle(angle) === (split === "evaluation")) return { size, angle, isMirrored };
  }
}

import type { Random } from "./random.ts";
import type { SceneSplit } from "./scene.ts";
import type { Pose } from "./sprites.ts";

/** Sizes of objects in a scene: longer side in pixels. */
export const objectSizes = [40, 44, 48, 52, 56] as const;

/** Largest rotation to either side, in degrees. */
const lean = 24;
/** Period of the held-out angles in degrees; the last third of each period is held out. */
const band = 8;

/** Whether an angle in degrees is held out for evaluation. */
export function isHeldOutAngle(angle: number): boolean {
  return Math.abs(angle) % band >= (2 * band) / 3;
}

/** Draws an angle; evaluation uses angles that training never uses. */
export function drawAngle(random: Random, split: SceneSplit): number {
  for (;;) {
    const angle = random.between(-lean, lean);
    if (isHeldOutAngle(angle) === (split === "evaluation")) return angle;
  }
}

/** Draws one of five sizes, and an angle. */
export function drawPose(random: Random, split: SceneSplit): Pose {
  const size = random.pick(objectSizes);
  const isMirrored = random.chance(0.5);
  return { size, isMirrored, angle: drawAngle(random, split) };
}

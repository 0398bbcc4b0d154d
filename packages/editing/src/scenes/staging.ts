import { catalogueStyle, type ObjectStyle, objectStyles } from "./object-styles.ts";
import { type PlaceName, placeNames, places } from "./places.ts";
import { drawAngle, drawPose } from "./poses.ts";
import type { Random } from "./random.ts";
import { type PlacedObject, type SceneSplit, sceneSize } from "./scene.ts";
import { contactShadow, type Shadow } from "./shadow.ts";
import type { Pose } from "./sprites.ts";

/** A point that an object is to stand at, and what the place is called. */
export interface Spot {
  readonly name: PlaceName;
  readonly x: number;
  readonly y: number;
}

/** How the objects of a scene look and stand. */
export interface Staging {
  /** Pictures of the objects that the source shows. */
  readonly style: ObjectStyle;
  /** undefined for scenes without shadows. */
  readonly shadow: Shadow | undefined;
  /** Draws where one more object stands; undefined where another one stands already. */
  drawSpot(random: Random, standing: readonly PlacedObject[]): Spot | undefined;
  drawPose(random: Random, split: SceneSplit): Pose;
}

/** Largest offset of an object from the centre of its place, in pixels. */
const jitter = 4;

/** Objects near the centres of nine places, one in each, with contact shadows. */
export const alikeStaging: Staging = {
  style: catalogueStyle,
  shadow: contactShadow,
  drawSpot(random, standing) {
    const place = random.pick(places);
    if (standing.some((other) => other.place === place.name)) return undefined;
    return {
      name: place.name,
      x: place.x + random.integer(-jitter, jitter),
      y: place.y + random.integer(-jitter, jitter),
    };
  },
  drawPose,
};

/** How often each style is drawn, in the order of `objectStyles`. */
const styleWeights = [2, 1, 1];
/** Least distance of an object's centre from the border, in pixels. */
const margin = 16;

function drawVariedPose(random: Random, split: SceneSplit): Pose {
  return {
    size: random.between(30, 68),
    isMirrored: random.chance(0.5),
    angle: random.chance(0.6) ? 0 : drawAngle(random, split),
    stretch: random.chance(0.3) ? random.between(0.8, 1.25) : 1,
  };
}

/** The place that a point lies in: a third of the width and of the height. */
function placeAround(x: number, y: number): PlaceName {
  const third = (at: number): number => Math.floor((at * 3) / sceneSize);
  return placeNames[third(y) * 3 + third(x)] ?? "middle";
}

/** Objects of any style anywhere, of many sizes and proportions, most of them upright; half of such scenes have no shadows. */
export function drawVariedStaging(random: Random): Staging {
  return {
    style: objectStyles[random.weighted(styleWeights)] ?? catalogueStyle,
    shadow: random.chance(0.5)
      ? undefined
      : { depth: random.between(0.15, 0.5), reach: random.between(3, 9) },
    drawSpot(random) {
      const x = random.integer(margin, sceneSize - margin);
      const y = random.integer(margin, sceneSize - margin);
      return { name: placeAround(x, y), x, y };
    },
    drawPose: drawVariedPose,
  };
}

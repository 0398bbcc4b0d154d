import type { Random } from "./random.ts";
import type { SceneSplit } from "./scene.ts";
import { fromHsl } from "./tint.ts";

/** Patterns of painted backgrounds. The order is part of the data set. */
export const patterns = [
  "flat",
  "linear",
  "radial",
  "noise",
  "horizon",
  "stripes",
  "checks",
  "bokeh",
  "table",
] as const;
/** Name of a painted background. */
export type Pattern = (typeof patterns)[number];

/** Number of equal sectors of the colour wheel; some are held out for evaluation. */
export const hueSectors = 12;

/** Mix of the two colours at a point: 0 is the first, 1 the second. */
type Field = (x: number, y: number) => number;

/** Whether a hue sector is held out; each pattern holds out two of twelve, different ones for each. */
export function isHeldOutHue(pattern: Pattern, sector: number): boolean {
  return (patterns.indexOf(pattern) * 5 + sector) % 6 === 0;
}

/** A painted background, with what it was drawn from. */
export interface Background {
  readonly pattern: Pattern;
  readonly hueSector: number;
  /** R, G, B in 0..255, row by row. */
  readonly data: Float32Array;
}

/** How a background's two colours are drawn. */
interface Colours {
  readonly saturation: number;
  readonly lightness: number;
  /** Degrees from the first hue to the second. */
  readonly turn: number;
  /** What the second is lighter by. */
  readonly step: number;
}

function drawCalm(random: Random): Colours {
  const isDark = random.chance(0.15);
  const saturation = random.between(0.2, isDark ? 0.4 : 0.55);
  const lightness = isDark ? random.between(0.3, 0.42) : random.between(0.62, 0.86);
  const turn = random.between(8, 50) * (random.chance(0.5) ? 1 : -1);
  return {
    ...{ saturation, lightness, turn },
    step: random.between(0.05, 0.14) * (lightness > 0.7 ? -1 : 1),
  };
}

function drawStrong(random: Random): Colours {
  const lightness = random.between(0.08, 0.95);
  return {
    saturation: random.between(0.3, 1),
    lightness,
    turn: random.between(-180, 180),
    step: random.between(0.1, 0.45) * (lightness > 0.5 ? -1 : 1),
  };
}

/**
 * Paints a smooth background in a hue that the split allows.
 * @param size Side in pixels.
 * @param isStrong Any colours, in place of calm ones.
 */
export function paintBackground(
  random: Random,
  split: SceneSplit,
  size: number,
  isStrong = false,
): Background {
  const pattern = random.pick(patterns);
  let hueSector = random.integer(0, hueSectors - 1);
  while (isHeldOutHue(pattern, hueSector) !== (split === "evaluation")) {
    hueSector = (hueSector + 1) % hueSectors;
  }
  const hue = (hueSector + random.next()) * (360 / hueSectors);
  const { saturation, lightness, turn, step } = (isStrong ? drawStrong : drawCalm)(random);
  const first = fromHsl(hue, saturation, lightness);
  const second = fromHsl(hue + turn, saturation * random.between(0.7, 1.1), lightness + step);
  const field = fieldOf(pattern, random);
  const data = new Float32Array(size * size * 3);
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++, at += 3) {
      const t = field(x / size, y / size);
      data[at] = first[0] + (second[0] - first[0]) * t;
      data[at + 1] = first[1] + (second[1] - first[1]) * t;
      data[at + 2] = first[2] + (second[2] - first[2]) * t;
    }
  }
  return { pattern, hueSector, data };
}

function fieldOf(pattern: Pattern, random: Random): Field {
  switch (pattern) {
    case "flat":
      return () => 0;
    case "linear": {
      const [cos, sin] = direction(random);
      return (x, y) => smooth(0.5 + ((x - 0.5) * cos + (y - 0.5) * sin) * 0.75);
    }
    case "radial": {
      const cx = random.between(0.25, 0.75);
      const cy = random.between(0.25, 0.75);
      const reach = random.between(0.6, 0.9);
      return (x, y) => smooth(Math.hypot(x - cx, y - cy) / reach);
    }
    case "noise":
      return noiseField(random);
    case "horizon":
      return landField(random, 0.03, 0.25);
    case "table":
      return landField(random, 0.012, 0.1);
    case "stripes": {
      const [cos, sin] = direction(random);
      const rate = random.between(2, 5) * 2 * Math.PI;
      const depth = random.between(0.3, 0.6);
      const phase = random.between(0, 6);
      return (x, y) => 0.5 + depth * 0.5 * Math.sin((x * cos + y * sin) * rate + phase);
    }
    case "checks": {
      const rate = random.integer(2, 4) * Math.PI;
      const depth = random.between(0.3, 0.6);
      const px = random.between(0, 3);
      const py = random.between(0, 3);
      return (x, y) =>
        0.5 + depth * 0.5 * squash(2 * Math.sin(x * rate + px) * Math.sin(y * rate + py));
    }
    case "bokeh":
      return bokehField(random);
  }
}

function direction(random: Random): readonly [number, number] {
  const angle = random.between(0, 2 * Math.PI);
  return [Math.cos(angle), Math.sin(angle)];
}

/** Two areas that meet at a nearly sharp horizontal line, each slightly shaded towards it. */
function landField(random: Random, softness: number, shading: number): Field {
  const line = random.between(0.45, 0.72);
  return (_, y) => {
    const below = smooth(0.5 + (y - line) / softness / 2);
    return below * (1 - shading * (y - line)) + (1 - below) * shading * (y / line);
  };
}

/** Value noise on a coarse grid, interpolated smoothly. */
function noiseField(random: Random): Field {
  const cells = random.integer(2, 4);
  const stride = cells + 1;
  const values = Float32Array.from({ length: stride * stride }, () => random.next());
  return (x, y) => {
    const column = Math.min(cells - 1, Math.floor(x * cells));
    const row = Math.min(cells - 1, Math.floor(y * cells));
    const u = smooth(x * cells - column);
    const v = smooth(y * cells - row);
    const at = row * stride + column;
    const top = (values[at] ?? 0) * (1 - u) + (values[at + 1] ?? 0) * u;
    const bottom = (values[at + stride] ?? 0) * (1 - u) + (values[at + stride + 1] ?? 0) * u;
    return top * (1 - v) + bottom * v;
  };
}

function bokehField(random: Random): Field {
  const blobs = Array.from({ length: random.integer(3, 6) }, () => ({
    x: random.next(),
    y: random.next(),
    radius: random.between(0.15, 0.35),
    strength: random.between(0.35, 0.8),
  }));
  return (x, y) => {
    let t = 0;
    for (const blob of blobs) {
      const d = Math.hypot(x - blob.x, y - blob.y) / blob.radius;
      if (d < 1) t += blob.strength * smooth((1 - d) * 1.6);
    }
    return Math.min(1, t);
  };
}

function smooth(t: number): number {
  const u = Math.min(1, Math.max(0, t));
  return u * u * (3 - 2 * u);
}

function squash(t: number): number {
  return t / (0.5 + Math.abs(t)) / 0.8;
}

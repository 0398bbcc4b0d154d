import { toOkLab } from "../photographs/ok-lab.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/** Below this chroma a colour is a grey. */
const leastChroma = 0.045;
/** Where hues end, in degrees of OKLab's hue circle, and what they are called. */
const hues: readonly (readonly [end: number, name: string])[] = [
  [12, "pink"],
  [45, "red"],
  [78, "orange"],
  [117, "yellow"],
  [175, "green"],
  [275, "blue"],
  [320, "purple"],
  [360, "pink"],
];

/** The word that people use for a colour in sRGB, one of eleven. Source: Berlin and Kay, "Basic color terms", 1969. */
export function colourName(red: number, green: number, blue: number): string {
  const [lightness, a, b] = toOkLab(red, green, blue);
  if (Math.hypot(a, b) < leastChroma) {
    if (lightness < 0.35) return "black";
    return lightness > 0.87 ? "white" : "grey";
  }
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  const hue = hues.find(([end]) => (degrees + 360) % 360 < end)?.[1] ?? "red";
  if ((hue === "orange" || hue === "yellow") && lightness < (hue === "orange" ? 0.62 : 0.55)) {
    return "brown";
  }
  return hue === "red" && lightness > 0.75 ? "pink" : hue;
}

/** The colour that most of a mask has; undefined where no colour has half of it. */
export function mainColour({ data }: Picture, mask: Mask): string | undefined {
  const counts = new Map<string, number>();
  let total = 0;
  const step = Math.max(1, Math.floor(mask.data.length / 40_000));
  for (let at = 0; at < mask.data.length; at += step) {
    if ((mask.data[at] ?? 0) < 128) continue;
    const name = colourName(data[3 * at] ?? 0, data[3 * at + 1] ?? 0, data[3 * at + 2] ?? 0);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    total++;
  }
  return [...counts].find(([, count]) => count > total / 2)?.[0];
}

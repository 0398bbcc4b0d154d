/** The colours that an object can be painted; the order is part of the data set. */
export const tints = ["red", "yellow", "green", "blue", "purple", "pink"] as const;
/** A colour that an object can be painted. */
export type Tint = (typeof tints)[number];

/** Degrees around the colour wheel. */
const hues: Record<Tint, number> = {
  red: 2,
  yellow: 50,
  green: 125,
  blue: 215,
  purple: 275,
  pink: 325,
};

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** R, G, B in 0..255 of a hue in degrees. Source: CSS Color 4, section 7.1 (HSL to sRGB). */
export function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): number => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return 255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Changes the hue of a colour: lightness is mostly kept, and grey and white become coloured too. */
export function tintColour([red, green, blue]: Rgb, tint: Tint): Rgb {
  const high = Math.max(red, green, blue) / 255;
  const low = Math.min(red, green, blue) / 255;
  const lightness = (high + low) / 2;
  const reach = 1 - Math.abs(2 * lightness - 1);
  const saturation = reach === 0 ? 0 : (high - low) / reach;
  return fromHsl(hues[tint], Math.min(0.85, Math.max(saturation, 0.65)), 0.06 + 0.74 * lightness);
}

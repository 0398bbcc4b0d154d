/** A colour in OKLab: lightness from 0 to 1, and two axes of colour around zero. */
export type OkLab = readonly [lightness: number, a: number, b: number];

/** Light of each 8-bit sRGB value. Source: IEC 61966-2-1. */
const linearOf = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

function encode(light: number): number {
  const clipped = Math.min(Math.max(light, 0), 1);
  const share = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  return Math.round(255 * share);
}

/** 8-bit sRGB to OKLab. Source: Björn Ottosson, "A perceptual color space for image processing", 2020. */
export function toOkLab(red: number, green: number, blue: number): OkLab {
  const r = linearOf[red] ?? 0;
  const g = linearOf[green] ?? 0;
  const b = linearOf[blue] ?? 0;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** OKLab to 8-bit sRGB; what sRGB cannot show is clipped. Source: as `toOkLab`. */
export function fromOkLab([lightness, a, b]: OkLab): readonly [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

import { readFile } from "node:fs/promises";
import type { Dice } from "./dice.ts";

/** Photographs by file name, read as data addresses. */
export type Photographs = readonly string[];

const names = ["table", "saucer", "bricks", "grass", "gravel", "dusk", "galaxies"];
const folder = new URL("../../data/foreign/", import.meta.url);

/** Reads the background photographs; `docs/data-licences.md` names their sources. */
export async function readForeignPhotographs(): Promise<Photographs> {
  const files = await Promise.all(names.map((name) => readFile(new URL(`${name}.jpg`, folder))));
  return files.map((file) => `data:image/jpeg;base64,${file.toString("base64")}`);
}

const colour = (dice: Dice): string =>
  `hsl(${Math.round(dice.range(0, 360))}, ${Math.round(dice.range(15, 100))}%, ${Math.round(dice.range(8, 94))}%)`;

const filled = (paint: string): string => `<rect width="128" height="128" fill="${paint}"/>`;

const stops = (dice: Dice, count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `<stop offset="${at / (count - 1)}" stop-color="${colour(dice)}"/>`,
  ).join("");

function gradient(dice: Dice): string {
  const count = dice.side([2, 2, 3]);
  const angle = dice.side([0, 45, 90, 135]);
  const shape = dice.side([
    `<linearGradient id="g" gradientTransform="rotate(${angle} .5 .5)">${stops(dice, count)}</linearGradient>`,
    `<radialGradient id="g" cx="${dice.range(0.2, 0.8)}" cy="${dice.range(0.2, 0.8)}" r=".8">${stops(dice, count)}</radialGradient>`,
  ]);
  return `<defs>${shape}</defs>${filled("url(#g)")}`;
}

function pattern(dice: Dice): string {
  const side = Math.round(dice.range(5, 22));
  const [ink, half] = [colour(dice), side / 2];
  const mark = dice.side([
    `<circle cx="${half}" cy="${half}" r="${side * 0.3}" fill="${ink}"/>`,
    `<rect width="${half}" height="${side}" fill="${ink}"/>`,
    `<rect width="${half}" height="${half}" fill="${ink}"/><rect x="${half}" y="${half}" width="${half}" height="${half}" fill="${ink}"/>`,
    `<path d="M0 ${half}H${side}M${half} 0V${side}" stroke="${ink}" stroke-width="${side * 0.12}"/>`,
  ]);
  const place = `width="${side}" height="${side}" patternUnits="userSpaceOnUse" patternTransform="rotate(${dice.side([0, 30, 45])})"`;
  return `<defs><pattern id="p" ${place}>${mark}</pattern></defs>${filled(colour(dice))}${filled("url(#p)")}`;
}

function turbulence(dice: Dice): string {
  const kind = dice.side(["fractalNoise", "turbulence"]);
  const [across, down] = [dice.range(0.02, 0.5), dice.range(0.02, 0.5)];
  const noise = `<feTurbulence type="${kind}" baseFrequency="${across} ${down}" numOctaves="3" seed="${Math.round(dice.range(1, 999))}"/>`;
  const grey = `<feColorMatrix type="matrix" values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  ${dice.range(0.5, 1.2)} 0 0 0 0"/>`;
  const filter = `<filter id="t" x="0" y="0" width="1" height="1">${noise}${grey}</filter>`;
  return `<defs>${filter}</defs>${filled(colour(dice))}<rect width="128" height="128" filter="url(#t)"/>`;
}

function photograph(dice: Dice, photographs: Photographs): string {
  const side = dice.range(128, 220);
  const [x, y] = [dice.range(128 - side, 0), dice.range(128 - side, 0)];
  const mirror = dice.side(["", ' transform="translate(128 0) scale(-1 1)"']);
  return `<g${mirror}><image href="${dice.side(photographs)}" x="${x}" y="${y}" width="${side}" height="${side}"/></g>`;
}

/** A background as SVG elements of 128 x 128: one colour, a gradient, a pattern, noise or a photograph. */
export function drawForeignBackground(dice: Dice, photographs: Photographs): string {
  return dice.side([
    () => filled(colour(dice)),
    () => gradient(dice),
    () => pattern(dice),
    () => turbulence(dice),
    () => photograph(dice, photographs),
  ])();
}

// Fills held-out holes with PatchMatch and with OpenCV's two methods, and times a 512 x 512 picture:
// `npx tsx --conditions=@insightgraph/source test/bench/fill.ts`

import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { luminanceSsim } from "../../packages/editing/src/metrics/luminance-ssim.ts";
import { psnr } from "../../packages/editing/src/metrics.ts";
import { removeObject } from "../../packages/editing/src/photographs/remove-object.ts";
import { decodePicture } from "../../packages/editing/src/pictures/decode-picture.ts";
import type { Mask, Picture } from "../../packages/editing/src/pictures/picture.ts";
import { resample } from "../../packages/editing/src/pictures/resample.ts";

/** As much of OpenCV as is compared with. */
interface OpenCv {
  readonly Mat: new (rows?: number, columns?: number, type?: number) => Matrix;
  readonly CV_8UC1: number;
  readonly CV_8UC3: number;
  inpaint(image: Matrix, mask: Matrix, out: Matrix, radius: number, method: number): void;
  onRuntimeInitialized?: () => void;
}
interface Matrix {
  readonly data: Uint8Array;
  delete(): void;
}

const methods = { "Navier-Stokes": 0, Telea: 1 } as const;
/** How many photographs a hole is cut out of; drawn evenly from those that ship for backgrounds. */
const holes = 60;
/** A hole is textured where luma differs by this much or more from one pixel to the next, on average. */
const texturedStep = 6;

const editing = createRequire(new URL("../../packages/editing/package.json", import.meta.url));
const cv: OpenCv = editing("@techstark/opencv-js");
await new Promise<void>((resolve) => {
  cv.onRuntimeInitialized = resolve;
});

async function load(file: URL): Promise<Picture> {
  const path = fileURLToPath(file);
  const { image } = await decodePicture(await readFile(path), { path, ground: [255, 255, 255] });
  return image;
}

/** A square hole in the middle that takes a share of the area. */
function squareHole({ width, height }: Picture, share: number): Mask {
  const half = Math.sqrt(share * width * height) / 2;
  const isIn = (at: number): boolean =>
    Math.abs((at % width) + 0.5 - width / 2) < half &&
    Math.abs(Math.floor(at / width) + 0.5 - height / 2) < half;
  const data = Uint8Array.from({ length: width * height }, (_, at) => (isIn(at) ? 255 : 0));
  return { width, height, data };
}

/** The picture with black in the hole, so that nothing of the truth is left. */
function hollow(picture: Picture, { data: hole }: Mask): Picture {
  const data = picture.data.map((value, at) => (hole[Math.floor(at / 3)] === 0 ? value : 0));
  return { ...picture, data };
}

function inpaint(picture: Picture, mask: Mask, method: number): Picture {
  const { width, height } = picture;
  const image = new cv.Mat(height, width, cv.CV_8UC3);
  const hole = new cv.Mat(height, width, cv.CV_8UC1);
  const out = new cv.Mat();
  image.data.set(picture.data);
  hole.data.set(mask.data);
  cv.inpaint(image, hole, out, 3, method);
  const filled = { ...picture, data: Uint8Array.from(out.data) };
  for (const matrix of [image, hole, out]) matrix.delete();
  return filled;
}

/** PSNR in decibels and mean SSIM inside the hole. */
function scoresOf(filled: Picture, truth: Picture, mask: Mask): readonly [number, number] {
  const region = { mask, side: "inside" } as const;
  return [psnr.measure(filled, truth, region), luminanceSsim(filled, truth, region)];
}

/** Mean difference in luma from a pixel of the hole to the next one on its right. */
function stepIn({ data }: Picture, { data: hole }: Mask): number {
  const luma = (at: number): number =>
    0.299 * (data[3 * at] ?? 0) + 0.587 * (data[3 * at + 1] ?? 0) + 0.114 * (data[3 * at + 2] ?? 0);
  let [sum, count] = [0, 0];
  for (const [at, value] of hole.entries()) {
    if (value === 0) continue;
    sum += Math.abs(luma(at) - luma(at + 1));
    count++;
  }
  return sum / count;
}

const options = { grow: 0, shadow: false } as const;

interface Comparison {
  readonly isTextured: boolean;
  /** PSNR and SSIM of PatchMatch, Navier-Stokes and Telea. */
  readonly values: readonly number[];
}

async function compareOn(name: string): Promise<Comparison> {
  const truth = await load(new URL(name, folder));
  const hole = squareHole(truth, 0.06);
  const given = hollow(truth, hole);
  const { picture: filled } = await removeObject(given, hole, options);
  const others = Object.values(methods).flatMap((method) =>
    scoresOf(inpaint(given, hole, method), truth, hole),
  );
  return {
    isTextured: stepIn(truth, hole) >= texturedStep,
    values: [...scoresOf(filled, truth, hole), ...others],
  };
}

const row = (name: string, values: readonly number[]): string =>
  name.padEnd(24) + values.map((value) => value.toFixed(3).padStart(8)).join("");

function printMeans(name: string, compared: readonly Comparison[]): void {
  const means = Array.from({ length: 6 }, (_, at) => {
    return compared.reduce((sum, { values }) => sum + (values[at] ?? 0), 0) / compared.length;
  });
  console.log(row(`${name}, ${compared.length} holes`, means));
  for (const [place, method] of Object.keys(methods).entries()) {
    const ahead = compared.filter(({ values }) => (values[0] ?? 0) > (values[2 + 2 * place] ?? 0));
    console.log(`  PSNR ahead of ${method} on ${ahead.length} of ${compared.length}`);
  }
}

const folder = new URL("../../packages/editing/data/photographs/", import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith(".webp")).toSorted();
const drawn = names.filter(
  (_, at) =>
    Math.floor((at * holes) / names.length) < Math.floor(((at + 1) * holes) / names.length),
);
console.log(`${"PSNR, SSIM".padEnd(24)}  PatchMatch      Navier-Stokes   Telea`);
const compared: Comparison[] = [];
for (const name of drawn) {
  const one = await compareOn(name);
  compared.push(one);
  console.log(row(`${name.replace(".webp", "")}${one.isTextured ? " *" : ""}`, one.values));
}
printMeans("all", compared);
printMeans(
  "textured (*)",
  compared.filter(({ isTextured }) => isTextured),
);
printMeans(
  "smooth",
  compared.filter(({ isTextured }) => !isTextured),
);

const coffee = await load(new URL("../../graphs/samples/coffee.jpg", import.meta.url));
const large = resample(coffee, { width: 512, height: 512 }, "cubic");
const largeHole = squareHole(large, 0.15);
for (let round = 0; round < 3; round++) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await removeObject(large, largeHole, options);
  const { user } = process.cpuUsage(before);
  const [wall, busy] = [(performance.now() - start) / 1e3, user / 1e6];
  console.log(`512 x 512, hole of 15 %: ${wall.toFixed(2)} s, ${busy.toFixed(2)} s of processor`);
}

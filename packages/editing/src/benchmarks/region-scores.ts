import type { PerceptualDistance } from "../architectures/perceptual-distance.ts";
import { l2 } from "../metrics/l2.ts";
import { psnr } from "../metrics/psnr.ts";
import { ssim } from "../metrics/ssim.ts";
import { measureTextSimilarity, toClipScore } from "../metrics/text-similarity.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import type { Scores } from "./benchmark.ts";
import type { Scorers } from "./scorers.ts";

/** A picture multiplied by a mask, or by what a mask leaves. */
export function timesMask(picture: Picture, mask: Mask, side: "inside" | "outside"): Picture {
  const data = picture.data.map((value, at) => {
    const share = (mask.data[Math.floor(at / 3)] ?? 0) / 255;
    return Math.round(value * (side === "inside" ? share : 1 - share));
  });
  return { ...picture, data };
}

/**
 * PSNR, SSIM, MSE and LPIPS of two whole pictures that are black where they do not count: the benchmarks of backgrounds
 * count the black as equal, unlike `metric.psnr` with a mask.
 */
export async function backgroundScores(
  picture: Picture,
  reference: Picture,
  scorers: Scorers,
): Promise<Record<"psnr" | "ssim" | "mse" | "lpips", number>> {
  const lpips = squeezeOf(scorers.lpips);
  return {
    psnr: psnr.measure(picture, reference),
    ssim: ssim.measure(picture, reference),
    mse: l2.measure(picture, reference),
    lpips: (await lpips?.measure(scorers.opener, picture, reference)) ?? Number.NaN,
  };
}

/** A perceptual distance, where it is the one that the benchmarks use. */
function squeezeOf(lpips: PerceptualDistance | undefined): PerceptualDistance | undefined {
  return lpips?.name === "LPIPS (squeeze)" ? lpips : undefined;
}

/** CLIPScore of a picture; NaN without a CLIP, and where nobody says what the picture shows. */
export async function clipScore(picture: Picture, text: string, scorers: Scorers): Promise<number> {
  const { clip, opener } = scorers;
  if (clip === undefined || text === "") return Number.NaN;
  return toClipScore(await measureTextSimilarity(opener, clip, { picture, text }));
}

/** Why scores are missing, a sentence for each scorer that is. */
export function holesOf(
  scores: Scores,
  { missing, lpips }: Scorers,
  needs: Readonly<Record<string, keyof Scorers["missing"]>>,
): readonly string[] {
  const reasons = Object.entries(needs).flatMap(([name, scorer]) => {
    if (!Number.isNaN(scores[name] ?? 0)) return [];
    if (scorer === "lpips" && lpips !== undefined && squeezeOf(lpips) === undefined) {
      return [`${lpips.name} is not LPIPS (squeeze), which this benchmark uses.`];
    }
    return missing[scorer] ?? [];
  });
  return [...new Set(reasons)];
}

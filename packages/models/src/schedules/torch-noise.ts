import type { NoiseSource } from "./sampler.ts";

const stateWords = 624;
const middle = 397;

/** 32-bit numbers of torch's CPU generator. Source: MT19937 (Matsumoto and Nishimura 1998). */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(stateWords);
  state[0] = seed >>> 0;
  for (let at = 1; at < stateWords; at++) {
    const before = state[at - 1] ?? 0;
    state[at] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + at;
  }
  let next = stateWords;
  const twist = (): void => {
    for (let at = 0; at < stateWords; at++) {
      const [here, after] = [state[at] ?? 0, state[(at + 1) % stateWords] ?? 0];
      const mixed = (here & 0x8000_0000) | (after & 0x7fff_ffff);
      const odd = (mixed & 1) === 1 ? 0x9908_b0df : 0;
      state[at] = (state[(at + middle) % stateWords] ?? 0) ^ (mixed >>> 1) ^ odd;
    }
    next = 0;
  };
  return () => {
    if (next === stateWords) twist();
    let drawn = state[next++] ?? 0;
    drawn ^= drawn >>> 11;
    drawn ^= (drawn << 7) & 0x9d2c_5680;
    drawn ^= (drawn << 15) & 0xefc6_0000;
    return (drawn ^ (drawn >>> 18)) >>> 0;
  };
}

const blockSize = 16;
const halfBlock = blockSize / 2;

/** Box and Muller over blocks: the first eight uniforms give radii, the last eight angles. */
function fillBlock(values: Float32Array, from: number): void {
  for (let at = from; at < from + halfBlock; at++) {
    const radius = Math.fround(Math.sqrt(-2 * Math.log(1 - (values[at] ?? 0))));
    const angle = Math.fround(2 * Math.PI * (values[at + halfBlock] ?? 0));
    values[at] = radius * Math.cos(angle);
    values[at + halfBlock] = radius * Math.sin(angle);
  }
}

/**
 * The standard normal numbers that `torch.randn` gives on a CPU, so that a seed means the same as in diffusers; equal
 * but for the last place of a few, since torch computes logarithms and angles in single precision.
 * Source: ATen's `normal_fill` for 16 and more numbers, `normal_distribution<double>` for fewer.
 * @param seed A whole number; only its lowest 32 bits count, as in torch.
 */
export function torchNoise(seed: number): NoiseSource {
  const next32 = mersenneTwister(seed);
  const uniform24 = (): number => (next32() & 0xff_ffff) / 2 ** 24;
  const uniform53 = (): number => {
    const high = next32();
    const low = next32();
    return ((high & 0x1f_ffff) * 2 ** 32 + low) / 2 ** 53;
  };
  let spare: number | undefined;
  const single = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const [angle, distance] = [2 * Math.PI * uniform53(), uniform53()];
    const radius = Math.sqrt(-2 * Math.log1p(-distance));
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return (count) => {
    if (count < blockSize) return Float32Array.from({ length: count }, single);
    const values = Float32Array.from({ length: count }, uniform24);
    for (let from = 0; from + blockSize <= count; from += blockSize) fillBlock(values, from);
    if (count % blockSize !== 0) {
      // The last block is drawn anew, over numbers that are finished already.
      for (let at = count - blockSize; at < count; at++) values[at] = uniform24();
      fillBlock(values, count - blockSize);
    }
    return values;
  };
}

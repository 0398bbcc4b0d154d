/** Where the series gives way to the continued fraction. */
const seriesEnd = 3;

/** Source: Abramowitz and Stegun 1964, 26.2.11. */
function centralHalf(z: number): number {
  let [term, sum] = [z, z];
  for (let odd = 3; term > sum * Number.EPSILON; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

/** Source: Abramowitz and Stegun 1964, 26.2.14. */
function millsRatio(z: number): number {
  let ratio = z;
  for (let level = 100; level > 0; level--) ratio = z + level / ratio;
  return 1 / ratio;
}

/** Probability that a standard normal number is above z, for z from 0 on. */
export function normalTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z < seriesEnd ? 0.5 - density * centralHalf(z) : density * millsRatio(z);
}

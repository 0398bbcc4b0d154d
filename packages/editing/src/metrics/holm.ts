/**
 * p-values corrected for several comparisons; NaN ones are left out.
 * Source: Holm 1979, "A simple sequentially rejective multiple test procedure"; statsmodels' multipletests, method "holm".
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const places = pValues
    .map((_, at) => at)
    .filter((at) => !Number.isNaN(pValues[at]))
    .toSorted((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const corrected = pValues.map(() => Number.NaN);
  let least = 0;
  places.forEach((at, rank) => {
    least = Math.max(least, Math.min(1, (pValues[at] ?? 0) * (places.length - rank)));
    corrected[at] = least;
  });
  return corrected;
}

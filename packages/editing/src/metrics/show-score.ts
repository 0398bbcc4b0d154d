/** A score to four significant digits. */
export function showScore(score: number): string {
  return String(Number(score.toPrecision(4)));
}

/** Most characters of a text that an event carries: whoever reads events holds a bounded amount. */
const maxCharacters = 250_000;

/** A text as events carry it: a longer one is cut and ends with an ellipsis. */
export function cutText(text: string): string {
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}

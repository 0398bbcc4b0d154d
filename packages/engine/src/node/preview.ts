/** How a value looks to a person, as small plain data. */
export type Preview =
  | { readonly kind: "image"; readonly mime: string; readonly base64: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "shape"; readonly text: string };

/** A picture in a file format that browsers show. */
export type PictureBytes = { readonly mime: string; readonly base64: string };

/** How a value looks to a person, as small plain data. */
export type Preview =
  | (PictureBytes & {
      readonly kind: "image";
      /** Of a list: the pictures after the first, as far as they are carried. */
      readonly others?: readonly PictureBytes[];
      /** Of a list: how many pictures it has. */
      readonly total?: number;
    })
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "shape"; readonly text: string };

import type { ReactNode } from "react";
import type { ViewPicture } from "./view-pictures.ts";

interface PictureGridProps {
  readonly pictures: readonly ViewPicture[];
  look(id: string): void;
}

/** All pictures side by side; one is looked at by a click. */
export function PictureGrid({ pictures, look }: PictureGridProps): ReactNode {
  return (
    <ul className="viewer-grid">
      {pictures.map(({ id, label, url }) => (
        <li key={id}>
          <button type="button" className="viewer-tile" title={label} onClick={() => look(id)}>
            <img src={url} alt="" loading="lazy" />
            <span>{label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

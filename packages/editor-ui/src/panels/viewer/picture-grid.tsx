import { type ReactNode, useState } from "react";
import { words } from "../../messages/messages.ts";
import type { PictureSet } from "./picture-sets.ts";

interface PictureGridProps {
  readonly set: PictureSet;
  look(id: string): void;
}

const pageSize = 60;

/** The pictures of a set side by side, page by page; one is looked at by a click. */
export function PictureGrid({ set: { pictures, total }, look }: PictureGridProps): ReactNode {
  const [page, setPage] = useState(0);
  const first = page * pageSize;
  const end = Math.min(first + pageSize, pictures.length);
  const turn = (label: string, to: number, isPossible: boolean) => (
    <button type="button" className="button" disabled={!isPossible} onClick={() => setPage(to)}>
      {label}
    </button>
  );
  return (
    <>
      {(pictures.length > pageSize || total > pictures.length) && (
        <div className="viewer-pages">
          {turn(words.previousPage, page - 1, page > 0)}
          <span role="status">{words.shownOf(first + 1, end, total)}</span>
          {turn(words.nextPage, page + 1, end < pictures.length)}
          {total > pictures.length && (
            <span className="quiet">{words.notAllCame(pictures.length, total)}</span>
          )}
        </div>
      )}
      <ul className="viewer-grid">
        {pictures.slice(first, end).map(({ id, label, url }) => (
          <li key={id}>
            <button type="button" className="viewer-tile" title={label} onClick={() => look(id)}>
              <img src={url} alt="" loading="lazy" />
              <span>{label}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

import { useEffect, useRef } from "react";
import { keyOf } from "./browse-keys.ts";

/** Listens to the keys of the sheet, wherever in it the keyboard is. @param press Says whether it took the key. */
export function useKeys(press: (key: string) => boolean): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (key !== undefined && latest.current(key)) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

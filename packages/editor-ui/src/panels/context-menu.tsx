import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { type ActionId, labelOf, menuOf, perform } from "../commands/actions.ts";
import type { Menu } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { Workbench } from "../state/workbench.ts";
import { ActionKey } from "./action-key.tsx";

/** The menu on what was pressed with the second button, or with Shift+F10. */
export function ContextMenu({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const menu = useStore(workbench.editor.store, (state) => state.menu);
  return menu === undefined ? null : <OpenMenu workbench={workbench} menu={menu} />;
}

interface OpenMenuProps {
  readonly workbench: Workbench;
  readonly menu: Menu;
}

const width = 240;
const rowHeight = 28;

function OpenMenu({ workbench, menu }: OpenMenuProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement);
  const { editor } = workbench;
  const call = { ...workbench, ...menu };
  const ids = menuOf(menu.target, call);
  useEffect(() => {
    list.current?.querySelector("button")?.focus();
    const { current } = before;
    return () => {
      // What an action gave the keyboard to keeps it.
      const isLost = document.activeElement === document.body;
      if (isLost && current instanceof HTMLElement) current.focus({ preventScroll: true });
    };
  }, []);
  const choose = (id: ActionId) => {
    editor.closeMenu();
    perform(id, call);
  };
  const height = ids.length * rowHeight + 16;
  return (
    <section
      className="scrim"
      aria-label={labelOfMenu(menu)}
      onPointerDown={() => editor.closeMenu()}
    >
      <div
        ref={list}
        className="menu"
        role="menu"
        aria-label={labelOfMenu(menu)}
        style={{
          left: Math.max(8, Math.min(menu.at.x, innerWidth - width - 8)),
          top: Math.max(8, Math.min(menu.at.y, innerHeight - height - 8)),
        }}
        onPointerDown={(event) => event.stopPropagation()}
        onKeyDown={(event) => walk(event, list.current)}
      >
        {ids.map((id) => (
          <MenuItem key={id} id={id} choose={() => choose(id)} />
        ))}
      </div>
    </section>
  );
}

function MenuItem({ id, choose }: { readonly id: ActionId; choose(): void }): ReactNode {
  return (
    <button type="button" className="menu-item" role="menuitem" data-action={id} onClick={choose}>
      <span>{labelOf(id)}</span>
      <ActionKey id={id} />
    </button>
  );
}

function labelOfMenu({ target }: Menu): string {
  return target.kind === "node" ? target.id : target.kind;
}

/** Arrow keys, Home and End move within the menu. */
function walk(event: KeyboardEvent, list: HTMLElement | null): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const at = items.findIndex((item) => item.matches(":focus"));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

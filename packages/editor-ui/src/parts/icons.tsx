import type { ReactNode } from "react";

function Icon({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <svg
      className="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** Adds something. */
export const PlusIcon = (): ReactNode => (
  <Icon>
    <path d="M8 3v10M3 8h10" />
  </Icon>
);

/** Opens a file. */
export const OpenIcon = (): ReactNode => (
  <Icon>
    <path d="M2 12.5v-9h4l1.5 2H14v7z" />
  </Icon>
);

/** Saves a file. */
export const SaveIcon = (): ReactNode => (
  <Icon>
    <path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.5h11" />
  </Icon>
);

/** Everything else that can be done. */
export const MoreIcon = (): ReactNode => (
  <Icon>
    <path d="M3 8h.01M8 8h.01M13 8h.01" strokeWidth="2.2" />
  </Icon>
);

/** Goes one step back. */
export const UndoIcon = (): ReactNode => (
  <Icon>
    <path d="M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6" />
  </Icon>
);

/** Goes one step forward again. */
export const RedoIcon = (): ReactNode => (
  <Icon>
    <path d="m10.5 3 3 3-3 3M13.5 6H6a3.5 3.5 0 0 0 0 7h4" />
  </Icon>
);

/** The film strip. */
export const StripIcon = (): ReactNode => (
  <Icon>
    <path d="M2.5 3h11v10h-11zM2.5 9.5h11M6 9.5V13M10 9.5V13" />
  </Icon>
);

/** The inspector. */
export const InspectorIcon = (): ReactNode => (
  <Icon>
    <path d="M2.5 3h11v10h-11zM10 3v10" />
  </Icon>
);

/** The help sheet. */
export const HelpIcon = (): ReactNode => (
  <Icon>
    <path d="M5.8 6a2.3 2.3 0 1 1 3.4 2c-.8.4-1.2.9-1.2 1.7M8 12.4v.1" />
  </Icon>
);

/** A random value. */
export const DiceIcon = (): ReactNode => (
  <Icon>
    <rect x="2.5" y="2.5" width="11" height="11" rx="2.5" />
    <path d="M5.6 5.6h.01M10.4 5.6h.01M8 8h.01M5.6 10.4h.01M10.4 10.4h.01" strokeWidth="2" />
  </Icon>
);

/** Keeps a value as it is, or lets it change. */
export const LockIcon = ({ isOpen }: { readonly isOpen: boolean }): ReactNode => (
  <Icon>
    <rect x="3.5" y="7.5" width="9" height="6" rx="1.5" />
    <path d={isOpen ? "M5.5 7.5V5a2.5 2.5 0 0 1 4.8-1" : "M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"} />
  </Icon>
);

/** Keeps a setting at hand. */
export const PinIcon = (): ReactNode => (
  <Icon>
    <path d="M6 2.5h4l-.6 4 2.1 2.5h-7l2.1-2.5zM8 9v4.5" />
  </Icon>
);

/** Closes a sheet or a notice. */
export const CloseIcon = (): ReactNode => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);

/** Something went wrong. */
export const FailedIcon = (): ReactNode => (
  <Icon>
    <circle cx="8" cy="8" r="5.7" />
    <path d="M8 5.2v3.2M8 10.8v.01" />
  </Icon>
);

/** Drags sideways. */
export const SlideIcon = (): ReactNode => (
  <Icon>
    <path d="M6 5 3 8l3 3M10 5l3 3-3 3" />
  </Icon>
);

/** The ways to show pictures. */
export const viewModes = ["slider", "sideBySide", "difference", "grid"] as const;

/** How two pictures are shown. */
export type ViewMode = (typeof viewModes)[number];

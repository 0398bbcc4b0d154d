import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

const programs = process.env["PROGRAMFILES"] ?? "C:/Program Files";
const programs86 = process.env["PROGRAMFILES(X86)"] ?? "C:/Program Files (x86)";
const local = process.env["LOCALAPPDATA"] ?? path.join(homedir(), "AppData/Local");

const places: Readonly<Record<string, readonly string[]>> = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/microsoft-edge",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    path.join(programs, "Google/Chrome/Application/chrome.exe"),
    path.join(programs86, "Google/Chrome/Application/chrome.exe"),
    path.join(local, "Google/Chrome/Application/chrome.exe"),
    path.join(programs86, "Microsoft/Edge/Application/msedge.exe"),
    path.join(programs, "Microsoft/Edge/Application/msedge.exe"),
  ],
};

/** Path of an installed browser of the Chromium family. Never downloads one. */
export function findChromium(): string | undefined {
  const named = process.env["INSIGHTGRAPH_CHROMIUM"];
  if (named !== undefined && named !== "") return named;
  return places[process.platform]?.find(existsSync);
}

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeArchive, writeManifest } from "./write-archive.ts";

const script = fileURLToPath(new URL("./unpack.py", import.meta.url));
const python = "import hashlib, tarfile; hashlib.file_digest, tarfile.data_filter";
const isReady =
  spawnSync("python3", ["-c", python]).status === 0 &&
  ["xz", "tar"].every((command) => spawnSync(command, ["--version"]).status === 0);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "unpack-"));
  for (const name of ["greeting", "farewell"]) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, `${name}.txt`), name);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...names: readonly string[]): string => path.join(folder, ...names);

function pack() {
  const archives = ["greeting", "farewell"].map((name) =>
    writeArchive(name, at(name), at("parts")),
  );
  writeManifest(archives, at("parts"));
  return archives;
}

function unpack() {
  const { status, stdout } = spawnSync("python3", [script, at("parts"), at("kit")], {
    encoding: "utf8",
  });
  return { status, stdout };
}

describe.runIf(isReady)("unpack.py", () => {
  test("keeps what arrived, names what is missing, and ends with 0 once all is there", () => {
    pack();
    renameSync(at("parts/farewell.tar.xz.1"), at("late"));
    const first = unpack();
    expect(first).toEqual({
      status: 75,
      stdout: "greeting: unpacked now\nfarewell: missing farewell.tar.xz.1\n",
    });
    rmSync(at("parts/greeting.tar.xz.1"));
    renameSync(at("late"), at("parts/farewell.tar.xz.1"));
    expect(unpack()).toEqual({
      status: 0,
      stdout: "greeting: unpacked\nfarewell: unpacked now\n",
    });
    expect(readFileSync(at("kit/farewell.txt"), "utf8")).toBe("farewell");
  });

  test("never unpacks a damaged part", () => {
    pack();
    const file = at("parts/greeting.tar.xz.1");
    const bytes = readFileSync(file);
    bytes[bytes.byteLength - 20] = (bytes.at(-20) ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const { status, stdout } = unpack();
    expect(status).toBe(75);
    expect(stdout).toContain("greeting.tar.xz.1: damaged on its way");
  });
});

test.runIf(isReady)("equal content gives equal archives, and parts that lie there stay", () => {
  const first = pack();
  writeFileSync(at("greeting/greeting.txt"), "greeting");
  writeFileSync(at("farewell/farewell.txt"), "until then");
  const [same, other] = pack();
  expect(same).toEqual(first[0]);
  expect(other?.sha256).not.toBe(first[1]?.sha256);
});

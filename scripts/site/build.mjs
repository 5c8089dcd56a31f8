// Makes the folder that the server serves: node build.mjs WASM FOLDER [--release]
//
// WASM is the compiled browser half, FOLDER is made anew: `public/` and `pkg/` with the style sheet, the glue of wasm-bindgen and the wasm. With
// --release everything is made small, and compressed copies are written beside the files. Run from the root of the clone.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { constants, brotliCompressSync, gzipSync } from "node:zlib";

// The packages are in a folder that clones share, so they are not found beside this file.
const shared = createRequire(join(process.env.SITE_TOOLS, "package.json"));
const { bundle } = shared("lightningcss");
const { minify } = shared("terser");

// Oldest browsers for which newer CSS is rewritten: the last Chromium for Windows 7 and 8, Safari of 2022, the extended Firefox of 2023.
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const TARGETS = { chrome: version(109), edge: version(109), firefox: version(115), safari: version(15, 4), ios_saf: version(15, 4) };

// Files that are compressed already.
const COMPRESSED = /\.(png|woff2|ico|gz|br)$/;

const [wasm, folder, flag] = process.argv.slice(2);
const release = flag === "--release";
const pkg = join(folder, "pkg");

function run(program, ...args) {
  execFileSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
}

async function scripts() {
  run("wasm-bindgen", "--target=web", "--no-typescript", "--out-name=observatory", `--out-dir=${pkg}`, wasm);
  // Leptos asks for this name.
  const module = join(pkg, "observatory.wasm");
  renameSync(join(pkg, "observatory_bg.wasm"), module);
  if (!release) return;
  const optimizer = join(process.env.SITE_TOOLS, "node_modules/.bin/wasm-opt");
  run(optimizer, "-Oz", "--enable-bulk-memory", "--enable-nontrapping-float-to-int", module, "-o", module);
  const glue = join(pkg, "observatory.js");
  const { code } = await minify(readFileSync(glue, "utf8"), { module: true, compress: { passes: 2 }, mangle: true });
  writeFileSync(glue, code);
}

function styles() {
  const { code } = bundle({ filename: "style/main.css", minify: release, targets: TARGETS });
  writeFileSync(join(pkg, "observatory.css"), code);
}

function compress(within) {
  for (const entry of readdirSync(within, { withFileTypes: true })) {
    const path = join(within, entry.name);
    if (entry.isDirectory()) {
      compress(path);
    } else if (!COMPRESSED.test(entry.name)) {
      const bytes = readFileSync(path);
      const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
      writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: size }));
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    }
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(pkg, { recursive: true });
cpSync("public", folder, { recursive: true });
styles();
await scripts();
if (release) compress(folder);

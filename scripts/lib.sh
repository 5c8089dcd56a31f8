# Finds or installs the project's dependencies. Sourced by ./run and ./test, from the root of the clone.
# shellcheck shell=bash
#
# Tools go to one folder under the user's home that all clones share. System packages are installed only if that needs
# no password; otherwise the script exits and names the missing packages.

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/micro-drama-observatory
TOOLS=$CACHE/tools
export PATH="$TOOLS/bin:$TOOLS/node_modules/.bin:$HOME/.cargo/bin:$PATH"

RUST_OLDEST=$(awk -F '"' '/^rust-version/ { print $2 }' Cargo.toml)
# The newest Rust whose lints the code follows. A newer one may have lints that nobody here has seen.
RUST_LINTED=1.99
CARGO_LEPTOS=0.3.10
SQLX_CLI=0.9.0
CARGO_FUZZ=0.13.2
CARGO_DENY=0.20.2
POSTGRES_OLDEST=15
# Recent Rust packages that Debian maintains for building browsers: in bookworm-security and newer releases.
DEBIAN_RUST='rustc-web cargo-web rust-web-clippy rustfmt-web'
NODE_OLDEST=18
PLAYWRIGHT_NODE=20
NODE_NEWER=22.23.3
PYTHON_OLDEST=3.11

say() { printf '== %s\n' "$*"; }
die() { printf '!! %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" > /dev/null 2>&1; }

# at_least WANTED FOUND: succeeds if version FOUND is at least WANTED.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# Runs a command as root, if no password is needed.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_apt() {
  have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2> /dev/null; }; }
}

# system_packages WHY APT BREW: installs Debian or Homebrew packages, or exits with installation instructions.
system_packages() {
  local why=$1 apt=$2 brew=$3
  if can_apt; then
    say "$why: installing Debian's $apt"
    if [ -z "${APT_UPDATED:-}" ]; then as_root apt-get update -qq; APT_UPDATED=1; fi
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $apt > /dev/null
  elif have brew && [ -n "$brew" ]; then
    say "$why: installing Homebrew's $brew"
    # shellcheck disable=SC2086
    brew install --quiet $brew
  else
    die "$why. Please install it: on Debian or Ubuntu 'sudo apt-get install $apt'${brew:+, on macOS 'brew install $brew'}."
  fi
}

# Serialises installations across clones: a second one waits, then finds the work done.
locked() {
  mkdir -p "$CACHE"
  if have flock; then
    ( flock 9; "$@" ) 9> "$CACHE/lock"
  else
    until mkdir "$CACHE/lock.d" 2> /dev/null; do sleep 1; done
    local status=0
    ( "$@" ) || status=$?
    rmdir "$CACHE/lock.d"
    return $status
  fi
}

# --- Rust ---------------------------------------------------------------------------------------------------------

need_rust() {
  have cc || system_packages "A C compiler links Rust programs" "gcc libc6-dev" ""
  have curl || system_packages "curl downloads Rust and probes the site" "curl ca-certificates" "curl"
  have cargo || install_rust
  use_installed_rust
  local found
  found=$(rustc --version | cut -d' ' -f2)
  if ! at_least "$RUST_OLDEST" "$found"; then
    have rustup || die "Rust $RUST_OLDEST or newer is needed; found $found. Please update it."
    say "Rust $found is too old: updating it with rustup"
    rustup update stable && rustup default stable
  fi
  say "Rust $(rustc --version | cut -d' ' -f2)"
}

# rustup installs what rust-toolchain.toml names. Where it cannot fetch that, an installed toolchain is used without what is missing: the
# variable overrides the file.
use_installed_rust() {
  local name
  if ! have rustup || rustc --version > /dev/null 2>&1; then return; fi
  for name in $(rustup toolchain list | cut -d' ' -f1); do
    if at_least "$RUST_OLDEST" "$(RUSTUP_TOOLCHAIN=$name rustc --version 2> /dev/null | cut -d' ' -f2)"; then
      export RUSTUP_TOOLCHAIN=$name
      return
    fi
  done
}

# Installs Rust with rustup for this user only; if rustup is unavailable, installs Debian's recent Rust.
install_rust() {
  local from script=${TMPDIR:-/tmp}/rustup-init.sh
  if have rustup-init; then
    say "Rust: installing it with rustup, for this user only"
    if rustup-init -y --profile minimal -c clippy -c rustfmt --no-modify-path; then return; fi
  fi
  for from in https://sh.rustup.rs https://static.rust-lang.org/rustup/rustup-init.sh; do
    say "Rust: downloading rustup from $from, which installs it for this user only"
    if curl --proto '=https' --tlsv1.2 -sSf --max-time 120 "$from" -o "$script" \
      && sh "$script" -y --profile minimal -c clippy -c rustfmt --no-modify-path; then
      rm -f "$script"
      return
    fi
  done
  can_apt || die "Rust $RUST_OLDEST or newer is needed. Please install it from https://rustup.rs and run this script again."
  system_packages "rustup could not be fetched" "$DEBIAN_RUST" ""
}

# Prints the option that denies warnings, unless the installed Rust is newer than the lints that the code follows.
denied() {
  local found
  found=$(rustc --version | cut -d ' ' -f 2 | cut -d . -f 1,2)
  if at_least "$found" "$RUST_LINTED"; then
    printf '%s\n' '-D warnings'
  else
    say "Rust $found is newer than the lints that this project follows ($RUST_LINTED): warnings are shown and do not fail" >&2
  fi
}

wasm_std() { ls "$(rustc --print sysroot)"/lib/rustlib/wasm32-unknown-unknown/lib/libcore-*.rlib > /dev/null 2>&1; }

need_wasm_target() {
  local linked=observatory-wasm
  use_installed_rust
  if have rustup && rustup toolchain list | grep -q "^$linked"; then export RUSTUP_TOOLCHAIN=$linked; fi
  if wasm_std; then return; fi
  say "Rust's standard library for wasm: adding it with rustup, for the browser half"
  if have rustup && rustup target add wasm32-unknown-unknown && wasm_std; then return; fi
  say "rustup could not download it: building it from Debian's copy of Rust, about a minute"
  locked wasm_target_from_debian "$linked"
  if have rustup; then export RUSTUP_TOOLCHAIN=$linked; else export PATH="$CACHE/rust/bin:$PATH"; fi
  wasm_std || die "Rust's standard library for wasm could not be installed. Please run 'rustup target add wasm32-unknown-unknown'."
}

# Debian ships a recent Rust with its source but without a wasm library. Makes a copy of it (symbolic links, so it is small), builds the
# wasm library once from that source, and links the copy into rustup.
wasm_target_from_debian() {
  local name=$1 root=$CACHE/rust empty host program
  can_apt || die "Please run 'rustup target add wasm32-unknown-unknown', or run this script as root on Debian."
  system_packages "A Rust that can build its standard library for wasm" "$DEBIAN_RUST rust-web-src lld-22" ""
  host=$(/usr/bin/rustc -vV | awk '/^host/ { print $2 }')
  rm -rf "$root" && mkdir -p "$root/bin" "$root/lib/rustlib"
  cp -rs /usr/lib/rustlib/. "$root/lib/rustlib/"
  cp -s /usr/lib/librustc_driver-*.so /usr/lib/*/librustc_driver-*.so "$root/lib/" 2> /dev/null || true
  for program in rustc cargo rustdoc rustfmt cargo-fmt clippy-driver cargo-clippy; do cp "/usr/bin/$program" "$root/bin/"; done
  mkdir -p "$root/lib/rustlib/$host/bin"
  ln -sf /usr/lib/llvm-22/bin/lld "$root/lib/rustlib/$host/bin/rust-lld"
  empty=$(mktemp -d)
  mkdir -p "$empty/src" && touch "$empty/src/lib.rs"
  printf '[package]\nname = "empty"\nedition = "2024"\n' > "$empty/Cargo.toml"
  ( cd "$empty" && PATH="$root/bin:$PATH" RUSTC="$root/bin/rustc" RUSTC_BOOTSTRAP=1 \
      cargo build --release -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown )
  mkdir -p "$root/lib/rustlib/wasm32-unknown-unknown/lib"
  cp "$empty"/target/wasm32-unknown-unknown/release/deps/*.rlib "$root/lib/rustlib/wasm32-unknown-unknown/lib/"
  rm -rf "$empty"
  if have rustup; then rustup toolchain link "$name" "$root"; fi
}

# --- Tools from crates.io -----------------------------------------------------------------------------------------

# need_cargo_tool PROGRAM CRATE VERSION WHY MINUTES [cargo install arguments]: installs a crate's program, if it is missing or has another
# version.
need_cargo_tool() {
  local program=$1 crate=$2 version=$3 why=$4 minutes=$5
  shift 5
  if [ "$(tool_version "$program")" = "$version" ]; then say "$crate $version"; return; fi
  locked install_cargo_tool "$program" "$crate" "$version" "$why" "$minutes" "$@"
}

tool_version() {
  [ -x "$TOOLS/bin/$1" ] || return 0
  case $1 in
    cargo-sqlx) "$TOOLS/bin/cargo-sqlx" sqlx --version ;;
    *) "$TOOLS/bin/$1" --version ;;
  esac 2> /dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1
}

install_cargo_tool() {
  local program=$1 crate=$2 version=$3 why=$4 minutes=$5
  shift 5
  # Another clone may have installed it while this one waited for the lock.
  if [ "$(tool_version "$program")" = "$version" ]; then return; fi
  if have cargo-binstall && say "$crate $version ($why): downloading a prebuilt binary" \
    && timeout 60 cargo binstall -y --quiet --disable-strategies compile --root "$TOOLS" "$crate@$version"; then
    return
  fi
  say "$crate $version ($why): compiling it, about $minutes minutes, once for all clones"
  # The tool runs for seconds only, so a short compile time matters more than optimisation.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
    CARGO_TARGET_DIR="$CACHE/build" \
    cargo install "$crate" --version "$version" --root "$TOOLS" --force "$@"
  rm -rf "$CACHE/build"
}

# The browser half needs wasm-bindgen and three packages of npm.
need_builders() {
  local bindgen
  bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
  # Without --locked: the lock file shipped with it contains a yanked version.
  need_cargo_tool wasm-bindgen wasm-bindgen-cli "$bindgen" "the version in Cargo.lock" 2
  need_site_tools
}

# Rebuilds on every change: only for ./run --dev.
need_cargo_leptos() {
  if [ "$(tool_version cargo-leptos)" != "$CARGO_LEPTOS" ] && ! { have make && perl -MIPC::Cmd -MFindBin -e 1 2> /dev/null; }; then
    system_packages "cargo-leptos builds OpenSSL with make and Perl" "make perl" ""
  fi
  need_cargo_tool cargo-leptos cargo-leptos "$CARGO_LEPTOS" "rebuilds on every change" 6 --locked --features no_downloads
}

need_sqlx_cli() {
  need_cargo_tool cargo-sqlx sqlx-cli "$SQLX_CLI" "checks the query metadata" 2 \
    --no-default-features --features rustls,postgres,sqlx-toml
}

# --- Tools from npm -----------------------------------------------------------------------------------------------

node_version() { have node && node --version | tr -d v; }

# need_node WHY OLDEST
need_node() {
  if ! have node || ! have npm; then system_packages "$1" "nodejs npm" "node"; fi
  hash -r
  at_least "$2" "$(node_version)" || locked newer_node "$1"
  hash -r
  at_least "$2" "$(node_version)" || die "Node $2 or newer is needed ($1); found $(node_version). Please update it."
}

# Debian 12 has an older Node; installs a newer one with npm into the shared cache.
newer_node() {
  local system machine
  system=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $(uname -m) in x86_64) machine=x64 ;; aarch64 | arm64) machine=arm64 ;; *) return 0 ;; esac
  say "Node $NODE_NEWER ($1; this machine's is $(node_version)): installing it with npm into the shared cache"
  npm install --silent --no-fund --no-audit --prefix "$TOOLS" "node-$system-$machine@$NODE_NEWER"
}

# Prints the folder of the packages that make the browser half small: beside the tools, another one when their versions change.
site_tools() { printf '%s\n' "$TOOLS/site/$(cksum < scripts/site/package-lock.json | cut -d ' ' -f 1)"; }

need_site_tools() {
  need_node "it makes scripts and styles of the site small" "$NODE_OLDEST"
  if [ -f "$(site_tools)/.complete" ]; then return; fi
  say "Node packages of scripts/site: installing them into the shared cache"
  locked install_site_tools "$(site_tools)"
}

install_site_tools() {
  local folder=$1
  mkdir -p "$folder"
  cp scripts/site/package.json scripts/site/package-lock.json "$folder"
  npm ci --prefix "$folder" --silent --no-fund --no-audit
  touch "$folder/.complete"
}

# --- Postgres -----------------------------------------------------------------------------------------------------

# Prints the folder of the newest Postgres binaries on this machine, if they are new enough.
postgres_bin() {
  local folder version best='' best_version=0
  for folder in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
    "$(dirname "$(command -v postgres 2> /dev/null || echo /nowhere/x)")"; do
    if ! [ -x "$folder/postgres" ] || ! [ -x "$folder/initdb" ]; then continue; fi
    version=$("$folder/postgres" --version | grep -oE '[0-9]+' | head -n 1)
    if [ "$version" -gt "$best_version" ]; then best=$folder best_version=$version; fi
  done
  if [ "$best_version" -ge "$POSTGRES_OLDEST" ]; then printf '%s\n' "$best"; fi
}

need_postgres() {
  if [ -z "$(postgres_bin)" ]; then
    system_packages "The data lives in Postgres $POSTGRES_OLDEST or newer" "postgresql" "postgresql@17"
  fi
  [ -n "$(postgres_bin)" ] || die "Postgres $POSTGRES_OLDEST or newer is needed. Please install a newer one."
  say "Postgres in $(postgres_bin)"
}

# --- Browser and client tests -------------------------------------------------------------------------------------

find_chromium() {
  local program
  for program in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if [ -n "$program" ] && have "$program"; then command -v "$program"; return; fi
  done
}

need_chromium() {
  if [ -z "$(find_chromium)" ]; then
    system_packages "The browser tests open the site in Chromium" "chromium" "--cask chromium"
  fi
  if have fc-list && ! fc-list :lang=zh | grep -q . && can_apt; then
    system_packages "Chromium needs a font with Chinese characters" "fonts-noto-cjk" ""
  fi
  CHROMIUM=$(find_chromium)
  export CHROMIUM
  say "Chromium: $CHROMIUM"
}

# Installs the Python clients that read the site: a virtual environment beside the tools, recreated when the requirements change.
need_python_clients() {
  local list=end2end/clients/requirements.txt python=''
  for python in python3.13 python3.12 python3.11 python3; do
    if have "$python" && at_least "$PYTHON_OLDEST" "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2> /dev/null)"; then break; fi
    python=''
  done
  if [ -z "$python" ]; then
    system_packages "The client tests run Python programs" "python3 python3-venv" "python3"
    python=python3
  fi
  PYTHON_CLIENTS=$CACHE/clients/$(cksum < "$list" | cut -d ' ' -f 1)
  if [ ! -x "$PYTHON_CLIENTS/bin/pytest" ]; then
    say "Python packages of end2end/clients"
    rm -rf "$PYTHON_CLIENTS"
    "$python" -m venv "$PYTHON_CLIENTS" 2> /dev/null || {
      system_packages "Python virtual environments" "python3-venv" ""
      "$python" -m venv "$PYTHON_CLIENTS" || die "Cannot create a Python environment: $python -m venv $PYTHON_CLIENTS"
    }
    "$PYTHON_CLIENTS/bin/pip" install --quiet --disable-pip-version-check -r "$list" \
      || { rm -rf "$PYTHON_CLIENTS"; die "The packages in $list could not be installed."; }
  fi
  export PYTHON_CLIENTS
}

# Opens files as on a double click; only with ./test --all.
need_office() {
  if ! have soffice && ! have libreoffice; then
    system_packages "The client tests open files in LibreOffice" "libreoffice-calc libreoffice-writer" "--cask libreoffice"
  fi
  SOFFICE=$(command -v soffice || command -v libreoffice) || die "LibreOffice was not found."
  export SOFFICE
}

# --- The build ----------------------------------------------------------------------------------------------------

# Prints a checksum over the names and contents of all build inputs.
build_inputs() {
  {
    find .cargo .sqlx data/README.md data/README.zh.md Cargo.lock Cargo.toml migrations public scripts/site src style -type f ! -name '*.snap' -print0 \
      | LC_ALL=C sort -z | xargs -0 cksum
    rustc --version
    echo "${CARGO_PROFILE_RELEASE_LTO:-}"
  } | cksum
}

# Runs a command, says what for, and how long it took on this machine the last time.
timed() {
  local name=$1 what=$2 begun=$SECONDS status=0 kept=$CACHE/durations last
  shift 2
  mkdir -p "$kept"
  last=$(cat "$kept/$name" 2> /dev/null || true)
  say "$what${last:+ (took $(minutes "$last") here the last time)}"
  "$@" || status=$?
  if [ "$status" = 0 ]; then
    say "$what: done in $(minutes $((SECONDS - begun)))"
    printf '%s\n' $((SECONDS - begun)) > "$kept/$name"
  fi
  return "$status"
}

minutes() { printf '%d:%02d min' $(($1 / 60)) $(($1 % 60)); }

# Builds the server and the browser half for release, at the same time; skips the build if no input has changed. The program may be in a
# target folder shared by clones, the site is in the clone, so each contains the checksum of its inputs.
build_site() {
  local target=${CARGO_TARGET_DIR:-target} site=target/site inputs browser
  local program=$target/release
  inputs=$(build_inputs)
  if [ -x "$program/observatory" ] && [ "$(cat "$program/.made-of" "$site/.made-of" 2> /dev/null)" = "$inputs
$inputs" ]; then
    say "Build is up to date"
    return
  fi
  rm -f "$program/.made-of" "$site/.made-of"
  mkdir -p "$program"
  timed build "Building the server and the browser half" build_halves || return
  printf '%s\n' "$inputs" | tee "$program/.made-of" > "$site/.made-of"
}

# Builds both halves at the same time, and fails if one fails. What the browser half prints is shown only then.
build_halves() {
  local log=$target/browser-half.log status=0
  build_browser_half > "$log" 2>&1 &
  browser=$!
  cargo build --release --features ssr --bin observatory || status=1
  wait "$browser" || { cat "$log" >&2; status=1; }
  return "$status"
}

build_browser_half() {
  cargo build --quiet --lib --features hydrate --target wasm32-unknown-unknown --profile wasm-release \
    && SITE_TOOLS=$(site_tools) node scripts/site/build.mjs "$target/wasm32-unknown-unknown/wasm-release/observatory.wasm" "$site" --release
}

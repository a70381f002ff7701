# What the scripts share: where things are, the pinned versions, the tool chain, words for the reader.
# Sourced by bash, never run.
# shellcheck shell=bash disable=SC2034

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=scripts/versions.env
. scripts/versions.env

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/roost"
TARGET="${CARGO_TARGET_DIR:-target}"

# Trunk reads NO_COLOR as a boolean and stops at the usual NO_COLOR=1.
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; fi

# Ends the script with one sentence that says what to do.
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The tool chain that scripts/setup found: PATH for everything, and the functions below.
use_tools() {
  [ -f .build/tools.env ] || fail "The tools are not set up: run scripts/setup first."
  # shellcheck source=/dev/null
  . .build/tools.env
  export PATH="$TOOLS_PATH:$PATH"
}

# Runs a command with the tool chain of the wasm build, which compiles the standard library with the project: smaller,
# and the same wherever Rust came from. Nothing else may see these variables.
with_wasm() {
  env PATH="${WASM_RUST:+$WASM_RUST:}$PATH" RUSTC_BOOTSTRAP=1 \
    CARGO_UNSTABLE_BUILD_STD=std,panic_abort,test CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size "$@"
}

# Builds the release: the bundle, its checksums, and the list of what is in it.
build_release() {
  build_bundle
  write_release
}

# What goes with a release that is built.
write_release() { with_wasm node scripts/release.mjs dist; }

# Compiler flags of a release, one a line. What is published tells nothing of the machine: files are named from here on,
# not from the home folder, the standard library's sources included. A failure that nobody foresaw stops the program
# without a text; the start script tells the reader (docs/size-budget.md says what that saves). The last two cut the
# program into parts (scripts/split.mjs).
release_flags() {
  printf '%s\n' "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates" \
    "--remap-path-prefix=$PWD=roost" \
    "--remap-path-prefix=$(with_wasm rustc --print sysroot)/lib/rustlib/src/rust=rust" \
    -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
    --cfg=split -Clink-args=--emit-relocs
}

# Builds the stand-in server into $TARGET/release/standin. Its own profile: it must not pay for the bundle's fat LTO.
# Arguments come before cargo.
build_standin() {
  "$@" cargo build --quiet --package standin --profile native
  mkdir -p "$TARGET/release"
  # A running copy keeps its file: replace the name, not the content.
  cp "$TARGET/native/standin" "$TARGET/release/standin.new"
  mv -f "$TARGET/release/standin.new" "$TARGET/release/standin"
}

# Both, side by side: the last steps of the bundle leave one core idle for minutes, which is enough for the server.
build_bundle_and_standin() {
  local beside
  # In a process group of its own, so that whatever ends this script, short of KILL, also ends the compiler at work there.
  set -m
  build_standin nice -n 19 </dev/null &
  beside=$!
  set +m
  # shellcheck disable=SC2064
  trap "kill -TERM -- -$beside 2>/dev/null || true" EXIT
  build_bundle
  wait "$beside" || fail "The stand-in server could not be built: what the compiler said stands above."
  trap - EXIT
}

# Builds the release bundle into dist/, unless nothing it is made of has changed; version.json follows every commit.
build_bundle() {
  build_program
  node scripts/version.mjs dist
}

build_program() {
  local inputs=(Cargo.toml Cargo.lock Trunk.toml index.html public src style scripts/versions.env
    scripts/lib.sh scripts/assets.mjs scripts/bundle.mjs scripts/split.mjs scripts/alike.mjs scripts/wasm.mjs
    scripts/short-names.mjs scripts/esbuild.mjs scripts/compress.mjs)
  if [ -f .build/dist.stamp ] && [ -f dist/index.html ] &&
    [ -z "$(find "${inputs[@]}" -newer .build/dist.stamp -print -quit)" ]; then
    return 0
  fi
  mkdir -p .build
  rm -f .build/dist.stamp
  # Taken before the build: what is edited meanwhile counts as newer.
  touch .build/dist.starting
  trunk_release
  mv .build/dist.starting .build/dist.stamp
}

# Builds the release bundle with the names of its functions into .build/named: for scripts/bytes and for the profiler of a
# browser. It weighs more and does the same.
build_named() {
  mkdir -p .build/named
  ROOST_NAMES=1 trunk_release --dist .build/named
}

trunk_release() {
  local flags
  flags="$(release_flags)"
  CARGO_ENCODED_RUSTFLAGS="${flags//$'\n'/$'\x1f'}" with_wasm trunk --quiet build --release "$@"
}

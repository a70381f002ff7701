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

# Runs a command with the tool chain of the wasm build. Where rustup could not fetch the target, that is Debian's Rust,
# which builds the standard library with the project; nothing else may see these variables.
with_wasm() {
  if [ "$WASM_BY" = build-std ]; then
    env PATH="$WASM_RUST:$PATH" RUSTC_BOOTSTRAP=1 \
      CARGO_UNSTABLE_BUILD_STD=std,panic_abort,test CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size "$@"
  else
    "$@"
  fi
}

# Builds the stand-in server into $TARGET/release/standin. Its own profile: it must not pay for the bundle's fat LTO.
build_standin() {
  cargo build --quiet --package standin --profile native
  mkdir -p "$TARGET/release"
  # A running copy keeps its file: replace the name, not the content.
  cp "$TARGET/native/standin" "$TARGET/release/standin.new"
  mv -f "$TARGET/release/standin.new" "$TARGET/release/standin"
}

# Builds the release bundle into dist/, unless nothing it is made of has changed.
build_bundle() {
  local inputs=(Cargo.toml Cargo.lock Trunk.toml index.html public src style scripts/versions.env
    scripts/assets.mjs scripts/bundle.mjs scripts/esbuild.mjs)
  if [ -f .build/dist.stamp ] && [ -f dist/index.html ] &&
    [ -z "$(find "${inputs[@]}" -newer .build/dist.stamp -print -quit)" ]; then
    return 0
  fi
  mkdir -p .build
  rm -f .build/dist.stamp
  # Taken before the build: what is edited meanwhile counts as newer.
  touch .build/dist.starting
  # What is published tells nothing of the machine: panics name files from here on, not from the home folder.
  local flags="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates"
  flags+=$'\x1f'"--remap-path-prefix=$PWD=roost"
  # Where the library's source is installed, rustc names its files by where they are here.
  flags+=$'\x1f'"--remap-path-prefix=$(with_wasm rustc --print sysroot)/lib/rustlib/src/rust=rust"
  CARGO_ENCODED_RUSTFLAGS="$flags" with_wasm trunk --quiet build --release
  mv .build/dist.starting .build/dist.stamp
}

#!/usr/bin/env bash
# Uploads the site to a bucket behind CloudFront: upload-s3.sh BUCKET DISTRIBUTION
# What is new first, what names it last, so that no visitor is sent to a file that is not there yet. Nothing is deleted: tabs
# that are open still fetch the files of the version before. docs/deployment.md has the steps.
set -euo pipefail
bucket="${1:?usage: upload-s3.sh BUCKET DISTRIBUTION}"
distribution="${2:?usage: upload-s3.sh BUCKET DISTRIBUTION}"
cd "$(dirname "${BASH_SOURCE[0]}")/www"

type_of() {
  case "$1" in
    *.html) echo "text/html; charset=utf-8" ;;
    *.css) echo "text/css; charset=utf-8" ;;
    *.js | *.mjs) echo "text/javascript; charset=utf-8" ;;
    *.wasm) echo "application/wasm" ;;
    *.json) echo "application/json" ;;
    *.svg) echo "image/svg+xml" ;;
    *) echo "text/plain; charset=utf-8" ;;
  esac
}

# CloudFront does not compress programs: what has a brotli form is stored in it.
upload() {
  local file="$1" cache="$2" options=()
  options=(--content-type "$(type_of "$file")" --cache-control "$cache")
  if [ -f "$file.br" ]; then
    aws s3 cp "$file.br" "s3://$bucket/$file" "${options[@]}" --content-encoding br
  else
    aws s3 cp "$file" "s3://$bucket/$file" "${options[@]}"
  fi
}

base="@FOLDER@"
for file in "${base}assets"/*; do
  case "$file" in *.br | *.gz) ;; *) upload "$file" "@KEPT@" ;; esac
done
for name in robots.txt config.json index.html version.json; do upload "$base$name" "@ASKED@"; done
aws cloudfront create-invalidation --distribution-id "$distribution" \
  --paths "/$base" "/${base}index.html" "/${base}config.json" "/${base}version.json"

#!/bin/sh
# Fetches the files of swagger-ui that /docs is made of into api/pages/static/swagger/, at the version below.
# Needs npm and a network; the product does not: the files are part of it. A test compares their sha256 with VENDORED.json.
set -eu
version=5.35.0
target="$(cd "$(dirname "$0")/.." && pwd)/api/pages/static/swagger"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "swagger-ui-dist@$version" >/dev/null
tar xzf "swagger-ui-dist-$version.tgz"
mkdir -p "$target"
for file in swagger-ui.css swagger-ui-bundle.js swagger-ui-bundle.js.LICENSE.txt favicon-32x32.png LICENSE NOTICE; do
    cp "package/$file" "$target/$file"
    chmod 644 "$target/$file"
done
cd "$target"
{
    printf '{\n  "package": "swagger-ui-dist",\n  "version": "%s",\n  "license": "Apache-2.0",\n  "sha256": {\n' "$version"
    sha256sum LICENSE NOTICE favicon-32x32.png swagger-ui-bundle.js swagger-ui-bundle.js.LICENSE.txt swagger-ui.css |
        sed -e 's/^\([0-9a-f]*\)  \(.*\)$/    "\2": "\1",/' -e '$ s/,$//'
    printf '  }\n}\n'
} >VENDORED.json

#!/bin/sh
# Fetches the files that /explore draws with into api/pages/static/explore/: cytoscape and its layout dagre, at the versions
# below. Needs npm and a network; the product does not: the files are part of it. A test compares their sha256 with
# VENDORED.json.
set -eu
cytoscape=3.35.0
layout=4.0.1 # cytoscape-dagre, which holds dagre
dagre=3.1.3  # for its licence alone
target="$(cd "$(dirname "$0")/.." && pwd)/api/pages/static/explore"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
fetch() { # fetch PACKAGE VERSION FOLDER
    mkdir "$3"
    tar xzf "$(npm pack --silent "$1@$2")" -C "$3"
}
fetch cytoscape "$cytoscape" cytoscape
fetch cytoscape-dagre "$layout" layout
fetch @dagrejs/dagre "$dagre" dagre
mkdir -p "$target"
cp cytoscape/package/dist/cytoscape.esm.min.mjs "$target/cytoscape.js"
sed '/^\/\/# sourceMappingURL=/d' layout/package/dist/cytoscape-dagre.min.mjs > "$target/cytoscape-dagre.js"
cp cytoscape/package/LICENSE "$target/LICENSE.cytoscape"
cp layout/package/LICENSE "$target/LICENSE.cytoscape-dagre"
cp dagre/package/dist/dagre.min.js.LEGAL.txt "$target/LICENSE.dagre"
cd "$target"
chmod 644 ./*
{
    printf '{\n  "package": "cytoscape, cytoscape-dagre",\n  "version": "%s, %s",\n  "license": "MIT",\n  "sha256": {\n' "$cytoscape" "$layout"
    sha256sum LICENSE.cytoscape LICENSE.cytoscape-dagre LICENSE.dagre cytoscape-dagre.js cytoscape.js |
        sed -e 's/^\([0-9a-f]*\)  \(.*\)$/    "\2": "\1",/' -e '$ s/,$//'
    printf '  }\n}\n'
} >VENDORED.json

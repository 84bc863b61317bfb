// npm scripts fall back silently to the system's Node where the `node` package has no binary
// (after `npm ci --ignore-scripts`, for one), so every script that matters asks first.
var parts = process.versions.node.split('.').map(Number);
var enough = parts[0] > 22 || (parts[0] === 22 && parts[1] >= 19);
if (!enough) {
  console.error(
    'Assay needs Node 22.19 or newer, this is ' + process.versions.node + ". The project's own Node is missing: run npm rebuild node",
  );
  process.exit(2);
}

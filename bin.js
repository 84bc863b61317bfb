#!/usr/bin/env node
// Plain old syntax, so that an old Node can read it and say what is wrong instead of failing to parse.
var parts = process.versions.node.split('.').map(Number);
var enough = parts[0] > 22 || (parts[0] === 22 && parts[1] >= 19);
if (enough) {
  import('./src/cli/main.ts').then(function (cli) {
    return cli.main(process.argv.slice(2));
  });
} else {
  console.error('assay needs Node 22.19 or newer; this is Node ' + process.versions.node + '. Install a newer Node and run it again.');
  process.exitCode = 2;
}

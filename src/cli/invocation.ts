/**
 * How the command line is started here, for commands that are printed: from the sources of a clone, or from an
 * installed package. Never a bare name that a registry would be asked for.
 */
export function invocation(): string {
  return import.meta.filename.endsWith('.ts') ? 'npm start --' : 'npx --no-install assay';
}

/**
 * The document cannot be used at all: not found, no OpenAPI, over a limit, a forbidden reference. The message is one sentence or two
 * that name what came and the next step; a command ends with exit code 2 on it.
 */
export class ContractError extends Error {
  override readonly name: string = 'ContractError';
}

/** A file that a document refers to is not there: what refers to it is left out, the rest can be used. */
export class MissingFileError extends ContractError {
  override readonly name = 'MissingFileError';
}

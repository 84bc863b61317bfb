/** Where the exchanges of a JSON document stand: a list at the top, `log.entries` (HAR), `interactions` (VCR). */
const lists = new Set(['', '/log/entries', '/entries', '/interactions', '/http_interactions']);

/** One element of such a list as its text, or what was wrong instead of one. */
export type JsonElement = { readonly text: string } | { readonly problem: string };

/** Hands out the elements of a JSON document's lists of exchanges as its text comes. */
export interface JsonSplitter {
  push(text: string): JsonElement[];
  end(): JsonElement[];
  /** Whether the document has such a list at all. */
  readonly hasList: boolean;
}

interface Container {
  readonly isList: boolean;
  /** The member of the parent that it is. */
  readonly name: string;
}

const code = {
  quote: 0x22,
  backslash: 0x5c,
  colon: 0x3a,
  comma: 0x2c,
  openObject: 0x7b,
  closeObject: 0x7d,
  openList: 0x5b,
  closeList: 0x5d,
};
/** Longer strings are no names of members that matter. */
const longestName = 100;

/**
 * Splits a document of any size in the memory of its largest element. It looks at brackets and strings alone; whether an
 * element is JSON is for its parser to say.
 */
export function createJsonSplitter(longest: number): JsonSplitter {
  const open: Container[] = [];
  let inString = false;
  let escaped = false;
  /** The last string, and the member that a value now would be of. */
  let lastString = '';
  let name = '';
  let element: { readonly depth: number; readonly pieces: string[]; size: number } | undefined;
  let hasList = false;

  function stands(): boolean {
    return (
      open.at(-1)?.isList === true &&
      lists.has(
        open
          .slice(1)
          .map((container) => `/${container.name}`)
          .join(''),
      )
    );
  }

  function keep(piece: string): void {
    if (element === undefined) return;
    element.size += piece.length;
    if (element.size <= longest) element.pieces.push(piece);
  }

  function closed(): JsonElement {
    const { pieces = [], size = 0 } = element ?? {};
    element = undefined;
    return size > longest ? { problem: `longer than ${longest} characters` } : { text: pieces.join('') };
  }

  /** Index of the last character that belongs to the string. */
  function passString(text: string, start: number): number {
    let at = start;
    for (; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      if (escaped) escaped = false;
      else if (character === code.backslash) escaped = true;
      else if (character === code.quote) {
        inString = false;
        break;
      }
    }
    if (lastString.length < longestName) lastString += text.slice(start, Math.min(at, start + longestName));
    return at;
  }

  return {
    push(text) {
      const found: JsonElement[] = [];
      let from = 0;
      for (let at = 0; at < text.length; at += 1) {
        if (inString) {
          at = passString(text, at);
          continue;
        }
        const character = text.charCodeAt(at);
        if (character === code.quote) {
          inString = true;
          lastString = '';
        } else if (character === code.colon) name = lastString;
        else if (character === code.comma) name = '';
        else if (character === code.openObject || character === code.openList) {
          if (element === undefined && stands()) {
            element = { depth: open.length, pieces: [], size: 0 };
            from = at;
          }
          open.push({ isList: character === code.openList, name });
          name = '';
          hasList ||= stands();
        } else if (character === code.closeObject || character === code.closeList) {
          open.pop();
          if (element !== undefined && open.length <= element.depth) {
            keep(text.slice(from, at + 1));
            found.push(closed());
          }
        }
      }
      keep(text.slice(from));
      return found;
    },
    end: () => (open.length === 0 && !inString ? [] : [{ problem: 'the document ends before its end' }]),
    get hasList() {
      return hasList;
    },
  };
}

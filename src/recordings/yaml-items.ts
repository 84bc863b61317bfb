/**
 * Splits a cassette at the items of its list of interactions, so that a long one needs not be parsed at once. Lines of an
 * item are indented deeper than its dash, whatever they hold, so that no text inside can be taken for a new item.
 */
export function createYamlSplitter(longest: number): { push(line: string): YamlItem[]; end(): YamlItem[] } {
  let indent: string | undefined;
  let item: string[] | undefined;
  let size = 0;
  let inList = false;

  function done(): YamlItem[] {
    if (item === undefined) return [];
    const found: YamlItem = size > longest ? { problem: `longer than ${longest} characters` } : { text: item.join('\n') };
    item = undefined;
    size = 0;
    return [found];
  }

  return {
    push(line) {
      if (!inList) {
        inList = /^(http_)?interactions:\s*$/.test(line);
        return [];
      }
      const dash = /^( *)- /.exec(line)?.[1];
      if (dash !== undefined && (indent === undefined || dash === indent)) {
        indent = dash;
        const before = done();
        item = [line];
        size = line.length;
        return before;
      }
      // A member of the document after the list: `recorded_with: …`, `version: 1`.
      if (/^[^\s#-]/.test(line) && item !== undefined) {
        inList = false;
        return done();
      }
      size += line.length;
      if (size <= longest) item?.push(line);
      return [];
    },
    end: done,
  };
}

/** One item as the text of a list of one, or what was wrong instead of one. */
export type YamlItem = { readonly text: string } | { readonly problem: string };

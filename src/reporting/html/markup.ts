import { html } from '../escape.ts';

/** A piece of HTML that was made by {@link markup} and is safe to insert. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may hold: text is escaped, pieces are inserted, lists are joined, `undefined` and `false` are nothing. */
export type Content = string | number | Markup | undefined | false | readonly Content[];

/** Tag of templates that are HTML: every value from outside is escaped, in content and in quoted attributes. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, part, index) => text + written(values[index - 1]) + part));
}

/** A piece of HTML that is ours as a whole: style, script, JSON that was escaped for a script element. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function written(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(written).join('');
  return html(String(content));
}

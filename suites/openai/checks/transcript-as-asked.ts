import { type CheckContext, defineCheck, must } from 'assay/pack';
import { answerOf, askedOf, isGranted, quote } from './answer.ts';

const plain = new Set(['text', 'srt', 'vtt']);

export const transcriptAsAsked = defineCheck({
  id: 'transcript-as-asked',
  requirement: must('prose', 'The transcript comes in the format that was asked for'),
  needs: 'response',
  operations: ['createTranscription', 'createTranslation'],
  applies: (context) => isGranted(context) && formatOf(context) !== undefined,
  *run(context) {
    const format = formatOf(context) ?? 'json';
    const { response } = context;
    if (plain.has(format)) {
      if (response?.mediaType === 'application/json')
        yield { expected: `plain text of the format ${format}`, actual: response.mediaType, at: 'header content-type', rule: 'text' };
      else if (format === 'vtt' && response?.text !== undefined && !response.text.startsWith('WEBVTT')) {
        yield { expected: 'WEBVTT at the start', actual: quote(response.text.slice(0, 20)), at: 'body', rule: 'vtt' };
      }
      return;
    }
    const answer = answerOf(context);
    if (format !== 'verbose_json' || !answer) return;
    for (const name of ['text', 'language', 'duration']) {
      if (!Object.hasOwn(answer, name))
        yield { expected: `${name}, as verbose_json has it`, actual: 'nothing', at: `/${name}`, rule: 'verbose' };
    }
  },
});

function formatOf(context: CheckContext): string | undefined {
  const { response_format: format, stream } = askedOf(context);
  return typeof format === 'string' && stream !== 'true' ? format : undefined;
}

import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, countAsked, listOf, membersOf, textOf } from './answer.ts';

export const imagesAsAsked = defineCheck({
  id: 'images-as-asked',
  requirement: must('prose', 'There are as many images as were asked for, each in the form that was asked for'),
  needs: 'response',
  operations: ['createImage', 'createImageEdit', 'createImageVariation'],
  applies: (context) => isAnswered(context) && Array.isArray(answerOf(context)?.['data']),
  *run(context) {
    const asked = askedOf(context);
    const images = listOf(answerOf(context)?.['data']).map((image) => membersOf(image));
    const wanted = countAsked(asked, 'n') ?? 1;
    if (images.length !== wanted) yield { expected: `${wanted} images`, actual: `${images.length} images`, at: '/data', rule: 'count' };
    const form = textOf(asked['response_format']);
    for (const [index, image] of images.entries()) {
      const forms = ['url', 'b64_json'].filter((name) => typeof image?.[name] === 'string');
      const expected = form === 'url' || form === 'b64_json' ? form : 'url or b64_json';
      if (!forms.some((name) => expected.includes(name)))
        yield { expected, actual: forms.join(' and ') || 'neither', at: `/data/${index}`, rule: 'form' };
    }
  },
});

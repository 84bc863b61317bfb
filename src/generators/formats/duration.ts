import type { Format } from './format.ts';

/** The format `duration`. */
export const duration: Format = {
  name: 'duration',
  samples: ['P1D', 'PT1H', 'P1Y2M3DT4H5M6S'],
  accepts: (text) => /^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$|^P\d+W$/.test(text),
  broken: ['one day', 'P', '1D'],
};

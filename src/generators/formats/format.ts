/** One `format` of strings. */
export interface Format {
  readonly name: string;
  /** Plain values of the format, the plainest first; at least three where it has so many. */
  readonly samples: readonly string[];
  /** A cheap test that refuses nothing a validator accepts among the samples and wild values made here. */
  readonly accepts: (text: string) => boolean;
  /** Strings that every reading of the format refuses; none where any string goes. */
  readonly broken: readonly string[];
}

/** Every choice of what learns. */
export const CHOICES = ['head', 'head+compression', 'everything'] as const
/** What learns: the last layer; PCEN as well, filters and convolutions staying as they are; or all there is. */
export type TeachingChoice = (typeof CHOICES)[number]

/** Every value of `TeachingChoice`. */
export const CHOICES = ['head', 'head+compression', 'everything'] as const
/** What is trained: the last layer; the last layer and PCEN, with filters and convolutions frozen; or everything. */
export type TeachingChoice = (typeof CHOICES)[number]

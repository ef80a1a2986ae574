/**
 * A teacher's score from which it may be right that a label is heard which nobody has given: whether it is counts as
 * unknown then. events-wide was made with the same, by the mean over a clip's windows.
 */
export const HEARS = 0.1

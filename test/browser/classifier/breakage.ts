export const BREAKAGE_CHANNEL = 'breakage'

/** An exception nobody catches, a worker that ends itself without a word, a graphics device that goes away. */
export type Breakage = 'throw' | 'close' | 'lose-device'

export { Augmentation, add, keepInScale, scale } from './augmentation.ts'
export { decibels, filter, loudness, noise, passFilter } from './sound.ts'

/** Every family of filters. A new one is a file that exports a `TapFamily` (or a `SpectralFamily`) and a line here. */
export { analyticSinc } from './analytic-sinc.ts'
export { free } from './free.ts'
export { freeMel } from './free-mel.ts'
export { gabor } from './gabor.ts'
export { gammatone } from './gammatone.ts'
export { mel } from './mel.ts'
export { sinc } from './sinc.ts'
export { spline } from './spline.ts'

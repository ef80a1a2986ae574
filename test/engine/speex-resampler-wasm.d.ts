// The package ships no types: the part of speexdsp's C interface that the tests call.
declare module '@echogarden/speex-resampler-wasm' {
  interface Speex {
    readonly HEAPF32: Float32Array
    readonly HEAPU32: Uint32Array
    _malloc(bytes: number): number
    _speex_resampler_init(
      channels: number,
      inputRate: number,
      outputRate: number,
      quality: number,
      error: number,
    ): number
    _speex_resampler_skip_zeros(state: number): number
    _speex_resampler_process_float(
      state: number,
      channel: number,
      input: number,
      inputCount: number,
      output: number,
      outputCount: number,
    ): number
  }
  export default function load(): Promise<Speex>
}

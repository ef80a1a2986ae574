export { type AudioFile, openAudioFile } from './audio-file.ts'
export type { Codec } from './codec.ts'

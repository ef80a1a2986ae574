export { assemble } from './assemble.ts'
export type { HeardEvent, HeardOnset, HeardScores, LabelScore } from './heard.ts'
export type { Listener, ListenerEvents } from './listener.ts'
export type { ListenerOptions } from './options.ts'

export { HeardEvent, HeardOnset, HeardScores, type LabelScore } from './heard.ts'
export { Listener, type ListenerEvents } from './listener.ts'

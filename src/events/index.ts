export { type DetectedEvent, EventDecoder, type EventOnset } from './event-decoder.ts'

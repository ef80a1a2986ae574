export { type DetectedEvent, EventDecoder, type EventOnset, eventKey } from './event-decoder.ts'

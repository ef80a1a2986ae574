export { type DecodingOptions, DecodingSettings, type DecodingTimes, findLabel } from './decoding-settings.ts'
export { type DetectedEvent, EventDecoder, type EventOnset, eventKey } from './event-decoder.ts'
export { type LabelName, labelKey, labelNames, nameKey } from './label-name.ts'
export { RunningEvents } from './running-events.ts'

export { BACKGROUND, ClassCard, isBackground } from './class-card.ts'
export { examplesChanged, ownExamples } from './own-examples.ts'
export { decodeFile, play } from './sounds.ts'
export { Take } from './take.ts'

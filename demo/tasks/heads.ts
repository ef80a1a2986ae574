import { words } from '../../src/view/index.ts'
import type { ClipName } from './clips.ts'

/** How a head is presented. */
export interface HeadText {
  readonly question: string
  /** A label in words. */
  readonly say: (label: string) => string
  /** What has to be heard for it to answer; null where it always does. */
  readonly kind: Kind | null
  /** What it was learned from, and what not to believe. */
  readonly learned: string
  /** One to try it with. */
  readonly clip: ClipName | null
}

/** A kind of sound: it is heard where any of these labels of the events model is. */
export interface Kind {
  /** In a sentence, after "waits for". */
  readonly name: string
  readonly labels: readonly string[]
}

const NOTES = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B']

/** MIDI number of a note: "60" → "C4 · 262 Hz". */
export function noteOf(label: string): string {
  const number = Number(label)
  const frequency = 440 * 2 ** ((number - 69) / 12)
  return `${NOTES[number % 12]}${Math.floor(number / 12) - 1} · ${Math.round(frequency)} Hz`
}

const SPEECH: Kind = { name: 'speech', labels: ['speech'] }
const MUSIC: Kind = { name: 'a note', labels: ['music'] }
const AMBIENCE: Kind = {
  name: 'the sound of a place',
  labels: ['animal', 'bird', 'crowd', 'engine', 'water', 'wind_thunder'],
}
const BIRD: Kind = { name: 'a bird', labels: ['bird'] }

const texts: Readonly<Record<string, HeadText>> = {
  scenes: {
    question: 'Where is this?',
    say: words,
    kind: AMBIENCE,
    learned: 'Learned from some hundred loops of ambience, made for games. Indoors it knows a crowd only.',
    clip: 'sea',
  },
  birdsong: {
    question: 'Is a bird singing?',
    say: (label) => (label === 'bird' ? 'A bird sings' : 'No birdsong'),
    kind: BIRD,
    learned: 'Learned from birdsong in the ambience of games. A call is no song to it.',
    clip: 'crow',
  },
  emotion: {
    question: 'How does the voice feel?',
    say: words,
    kind: SPEECH,
    learned: 'Learned from ten actors who play ten German sentences. It cannot know how anybody feels.',
    clip: 'speech',
  },
  speaker: {
    question: 'Who reads?',
    say: (label) => `Reader ${label.slice(1)}`,
    kind: SPEECH,
    learned: 'Learned from 227 readers of English audiobooks, and knows nobody else: you are none of them.',
    clip: 'speech',
  },
  instrument: {
    question: 'Which instrument plays?',
    say: words,
    kind: MUSIC,
    learned: 'Learned from single notes of one synthesizer, 11 families of instruments.',
    clip: 'guitar',
  },
  pitch: {
    question: 'Which note?',
    say: noteOf,
    kind: MUSIC,
    learned: 'Learned from single notes of one synthesizer, C2 to C6. Of a chord it names one at best.',
    clip: 'notes',
  },
  keywords: {
    question: 'Which word?',
    say: words,
    kind: SPEECH,
    learned: 'Learned from ten English digits of a few men and six wake words. All else shall be “unknown”.',
    clip: 'speech',
  },
  language: {
    question: 'Which language?',
    say: (label) => new Intl.DisplayNames('en', { type: 'language' }).of(label) ?? label,
    kind: SPEECH,
    learned: 'Learned from one to three voices a language: it may know the voice, not the language.',
    clip: 'speech',
  },
}

/** What is told of a head that is not known: it always answers. */
export function headText(name: string): HeadText {
  return texts[name] ?? { question: words(name), say: words, kind: null, learned: '', clip: null }
}

import { words } from '../../src/view/index.ts'

/** How a head is presented. */
export interface HeadText {
  readonly question: string
  /** A label in words. */
  readonly say: (label: string) => string
}

const NOTES = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B']

/** MIDI number of a note: "60" → "C4 · 262 Hz". */
export function noteOf(label: string): string {
  const number = Number(label)
  const frequency = 440 * 2 ** ((number - 69) / 12)
  return `${NOTES[number % 12]}${Math.floor(number / 12) - 1} · ${Math.round(frequency)} Hz`
}

const texts: Readonly<Record<string, HeadText>> = {
  scenes: { question: 'Where is this?', say: words },
  birdsong: {
    question: 'Is a bird singing?',
    say: (label) => (label === 'bird' ? 'A bird sings' : 'No bird'),
  },
  emotion: { question: 'How does the voice feel?', say: words },
  speaker: { question: 'Who reads?', say: (label) => `Reader ${label.slice(1)}` },
  instrument: { question: 'Which instrument plays?', say: words },
  pitch: { question: 'Which note?', say: noteOf },
  keywords: { question: 'Which word?', say: words },
  language: {
    question: 'Which language?',
    say: (label) => new Intl.DisplayNames('en', { type: 'language' }).of(label) ?? label,
  },
}

export function headText(name: string): HeadText {
  return texts[name] ?? { question: words(name), say: words }
}

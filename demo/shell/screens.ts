import type { ScreenModule } from '../desk/index.ts'

export interface ScreenEntry {
  /** In the address, and the section's id. */
  readonly id: string
  /** In the navigation. */
  readonly name: string
  readonly heading: string
  readonly lead: string
  load(): Promise<ScreenModule>
}

/** The screens in the order of the navigation; the first one opens where the address names none. */
export const screens: readonly ScreenEntry[] = [
  {
    id: 'listen',
    name: 'Listen',
    heading: 'Sounds, named as they happen',
    lead: 'A learnable ear runs on the audio thread of this page, and a small neural network puts names to what it hears: a door, a dog, running water, someone speaking.',
    load: () => import('../listen/index.ts'),
  },
  {
    id: 'look',
    name: 'Look',
    heading: 'What a filter is tuned to',
    lead: 'Every filter of a frontend, as it started and as it was learned. Click one to hear its tone, make a sound to see which of them answer.',
    load: () => import('../look/index.ts'),
  },
  {
    id: 'compare',
    name: 'Compare',
    heading: 'One sound, several ears',
    lead: 'LEAF, mel, SincNet, Gammatone and free filters hear the same sound at the same time. See what each makes of it, and what it costs.',
    load: () => import('../compare/index.ts'),
  },
  {
    id: 'teach',
    name: 'Teach',
    heading: 'Teach it your own sounds',
    lead: 'A snap, a kettle, your dog: record a few examples, press Train, and try it at once. Sounds, training and model stay in this browser.',
    load: () => import('../teach/index.ts'),
  },
  {
    id: 'adapt',
    name: 'Adapt',
    heading: 'The same sounds, in another room',
    lead: 'A fan, a street, music next door: record the room for up to a minute, and your own model learns to hear your sounds above it. Before and after, side by side.',
    load: () => import('../adapt/index.ts'),
  },
  {
    id: 'tasks',
    name: 'Tasks',
    heading: 'One ear, many questions',
    lead: 'A single LEAF, learned on all these tasks together, feeds one network with a last layer for each: where is this, who speaks, which note, which word?',
    load: () => import('../tasks/index.ts'),
  },
]

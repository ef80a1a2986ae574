import type { Recording } from '../common/index.ts'

/** A label of the events model, for people. */
export interface LabelExample {
  /** What counts as it. */
  readonly means: string
  /** What is played, in a sentence. */
  readonly title: string
  /** Where it lies in a recording, seconds. */
  readonly piece: readonly [recording: Recording, start: number, end: number]
}

/** Seconds of each sound in the recording of kinds, and from one to the next. */
const LENGTH = 2
const PACE = 2.2
const kind = (place: number) => ['kinds', place * PACE, place * PACE + LENGTH] as const

/** Two seconds of each, or as long as it lasts. Silence has none. */
export const labelExamples: ReadonlyMap<string, LabelExample> = new Map(
  Object.entries({
    alarm: {
      means: 'beeps, bells, sirens, telephones',
      title: 'an alarm',
      piece: ['street', 15.85, 17.85],
    },
    animal: { means: 'dogs, cats, cows, sheep; birds have their own', title: 'a cow', piece: kind(0) },
    baby_cry: { means: 'a crying baby', title: 'a baby', piece: kind(1) },
    bird: { means: 'song and calls', title: 'a crow', piece: ['street', 5.05, 7.05] },
    clap_snap: {
      means: 'hands that clap, fingers that snap',
      title: 'snapping fingers',
      piece: ['street', 14.05, 15.5],
    },
    crowd: { means: 'many voices at once, applause', title: 'a coffee shop', piece: kind(2) },
    door: { means: 'doors, drawers, cupboards', title: 'a door', piece: kind(3) },
    engine: {
      means: 'motors: cars, trains, machines, fans',
      title: 'a cooker hood',
      piece: ['fan', 1, 3],
    },
    footsteps: { means: 'somebody who walks', title: 'footsteps', piece: kind(4) },
    impact: { means: 'thuds, knocks, things that fall or break', title: 'a blow', piece: kind(5) },
    music: { means: 'instruments and song', title: 'a guitar', piece: ['street', 7.95, 9.95] },
    percussion: { means: 'drums and the like', title: 'a tabla', piece: ['street', 11.1, 13.1] },
    speech: { means: 'somebody who talks', title: 'a sentence', piece: ['street', 2.05, 4.05] },
    water: { means: 'rain, streams, the sea, a tap', title: 'rain', piece: kind(6) },
    wind_thunder: { means: 'wind, storm, thunder', title: 'wind', piece: kind(7) },
  } satisfies Record<string, LabelExample>),
)

import { type FrontendDescription, preset, type StartName, startOf } from '../../../../src/frontend/index.ts'
import { STACKS, type System } from './names.ts'

type Stack = (typeof STACKS)[number]

/** Whether a system hears samples, which layers of its network filter. */
export function isStack(system: System): system is Stack {
  return STACKS.some((stack) => stack === system)
}

/** The frontend of a system as it starts. @param raised for crops that have been raised to the official level already */
export function frontendOf(system: System, options: { readonly raised?: boolean } = {}): FrontendDescription {
  return isStack(system) ? preset('samples') : startOf(system satisfies StartName, options)
}

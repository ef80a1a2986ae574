import { bundlers } from './bundlers.ts'
import type { Environment } from './environment.ts'
import { hosts } from './hosts.ts'
import { programs } from './programs.ts'

/** All that `npm run consumers` goes through. */
export const environments: readonly Environment[] = [...bundlers, ...hosts, ...programs]

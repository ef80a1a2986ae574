import { preset } from '../../../src/frontend/index.ts'
import type { LeafFilters } from '../../../src/view/index.ts'
import '../../../src/view/index.ts'
import { learnedOf } from '../../view/learned.ts'

const filters = document.getElementById('filters') as LeafFilters

const filtersPage = { filters, learnedOf, preset }
export type FiltersPage = typeof filtersPage

Object.assign(window, { filtersPage })

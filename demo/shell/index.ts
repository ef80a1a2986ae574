export { Controls } from './controls.ts'
export { Router } from './router.ts'

export { Teacher, type WholeClip } from './teacher.ts'

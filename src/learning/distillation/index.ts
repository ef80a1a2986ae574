export { type HeardExample, Teacher, type WholeClip } from './teacher.ts'

export { type HeardExample, type Student, Teacher, type WholeClip } from './teacher.ts'

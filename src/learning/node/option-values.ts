import { type ParseArgsConfig, parseArgs } from 'node:util'
import { LeafError } from '../../error.ts'

type OptionTable = NonNullable<ParseArgsConfig['options']>

/** Reads the values of a command's options; every error names the option and repeats the usage. */
export class OptionReader {
  readonly #usage: string

  constructor(usage: string) {
    this.#usage = usage
  }

  /** @throws LeafError `arguments` for an unknown option or one without its value. */
  parse<Table extends OptionTable>(args: readonly string[], options: Table) {
    try {
      return parseArgs({ args: [...args], options }).values
    } catch (cause) {
      throw this.error(`${(cause as Error).message}.`)
    }
  }

  given(name: string, text: string | undefined): string {
    if (!text) throw this.error(`--${name} is missing.`)
    return text
  }

  positive(name: string, text: string): number {
    const value = Number(text)
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw this.error(`--${name} is ${text}.`)
    return value
  }

  /** 0 or more. */
  notNegative(name: string, text: string): number {
    return Number(text) === 0 && text.trim() !== '' ? 0 : this.positive(name, text)
  }

  whole(name: string, text: string, least: number): number {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least) throw this.error(`--${name} is ${text}.`)
    return value
  }

  oneOf<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
    if (!choices.includes(text as Choice)) throw this.error(`--${name} is ${text}.`)
    return text as Choice
  }

  /** Several, with commas between them. */
  someOf<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice[] {
    return text.split(',').map((part) => this.oneOf(name, part, choices))
  }

  error(sentence: string): LeafError {
    return new LeafError('arguments', sentence, `Usage: ${this.#usage}`)
  }
}

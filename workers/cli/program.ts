import { Command, InvalidArgumentError, Option } from 'commander'
import type { Call, CommandRow, OptionRow } from './command.ts'

export interface ProgramOf {
  commands: readonly CommandRow[]
  /** First word of several commands → one sentence. */
  groups: Readonly<Record<string, string>>
  run(row: CommandRow, given: Pick<Call, 'args' | 'options'>): Promise<void>
  out(text: string): void
  err(text: string): unknown
}

/** The command line as commander knows it; whatever it refuses is thrown, nothing ends the process. */
export function createProgram({ commands, groups, run, out, err }: ProgramOf): Command {
  const program = prepared(new Command('hub'), { out, err })
    .description('Crossdock on the command line: works on the same store as a running hub, and beside it.')
    .addHelpText('after', '\nSettings come from the environment and from the file that HUB_CONFIG names.')
  const parents = new Map<string, Command>()

  function parentOf(group: string): Command {
    const known = parents.get(group)
    if (known) return known
    const made = prepared(new Command(group), { out, err }).description(groups[group] ?? '')
    parents.set(group, made)
    program.addCommand(made)
    return made
  }

  for (const row of commands) {
    const { words, args } = partsOf(row.usage)
    const parent = words.length > 1 ? parentOf(words[0]!) : program
    parent.addCommand(commandOf(row, { name: words.at(-1)!, args, run, out, err }))
  }
  return program
}

/** `connections add <id>` is two words and one argument. */
export function partsOf(usage: string): { words: string[]; args: string[] } {
  const parts = usage.split(' ')
  return { words: parts.filter(part => !/^[<[]/.test(part)), args: parts.filter(part => /^[<[]/.test(part)) }
}

/** Every command has it. */
export const JSON_OPTION: OptionRow = { flags: '--json', summary: 'Prints one JSON value and nothing else.' }

type Place = Pick<ProgramOf, 'run' | 'out' | 'err'> & { name: string; args: readonly string[] }

function commandOf(row: CommandRow, { name, args, run, out, err }: Place): Command {
  const command = prepared(new Command(name), { out, err }).description(row.summary)
  for (const argument of args) command.argument(argument)
  for (const option of [...(row.options ?? []), JSON_OPTION]) command.addOption(optionOf(option))
  if (row.example) command.addHelpText('after', `\nExample:\n  hub ${row.example}`)
  return command.action((...given: unknown[]) => {
    const positions = given
      .slice(0, args.length)
      .flat()
      .filter(value => value !== undefined)
    return run(row, { args: positions as string[], options: command.opts() })
  })
}

const prepared = (command: Command, { out, err }: Pick<ProgramOf, 'out' | 'err'>): Command =>
  command
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .helpCommand(false)
    .allowExcessArguments(false)

function optionOf(row: OptionRow): Option {
  const option = new Option(row.flags, row.summary)
  if (row.choices) option.choices([...row.choices])
  if (row.default !== undefined) option.default(row.default)
  if (row.required) option.makeOptionMandatory()
  if (row.many) option.argParser((value: string, before: string[] = []) => [...before, value])
  if (row.number) option.argParser(numberParser(row.number))
  return option
}

const numberParser =
  (kind: 'whole' | 'any') =>
  (text: string): number => {
    const value = Number(text)
    const fits =
      text.trim() !== '' && value > 0 && Number.isFinite(value) && (kind === 'any' || Number.isInteger(value))
    if (!fits)
      throw new InvalidArgumentError(
        kind === 'any' ? 'It must be a number above 0.' : 'It must be a whole number from 1.',
      )
    return value
  }

import type { CommandRow, OptionRow } from './command.ts'
import { JSON_OPTION, partsOf } from './program.ts'
import { COMMANDS, GROUPS } from './register.ts'

/** `COMMANDS.md`, from the register. */
export function commandsReference(): string {
  const groups = Map.groupBy(COMMANDS, ({ usage }) => partsOf(usage).words[0]!)
  const sections = [...groups].map(([group, rows]) =>
    [`## ${group}`, GROUPS[group], ...rows.map(sectionOf)].filter(Boolean).join('\n\n'),
  )
  return `# Commands

Generated from \`register.ts\` by \`npm run generate\`. Call them as \`npm run -s hub -- <command>\`. They work on the store of
\`HUB_DATA_DIR\`, also while the hub runs. Answers go to stdout, errors to stderr as \`CODE: sentence\` with what to do; any
failure ends with exit code 1. With \`${JSON_OPTION.flags}\`, every command prints one JSON value and nothing else.

${sections.join('\n\n')}
`
}

function sectionOf({ usage, summary, options = [], example }: CommandRow): string {
  const lines = options.map(optionLine)
  return [
    `### \`hub ${usage}\``,
    summary,
    lines.length > 0 && lines.join('\n'),
    example && `    hub ${example}`,
  ]
    .filter(Boolean)
    .join('\n\n')
}

function optionLine({ flags, summary, choices, default: fallback, required, many }: OptionRow): string {
  const more = [
    choices?.map(choice => `\`${choice}\``).join(' '),
    required && 'required',
    fallback !== undefined && `\`${fallback}\` unless told`,
    many && 'may be repeated',
  ].filter(Boolean)
  return `* \`${flags}\` — ${summary}${more.length > 0 ? ` (${more.join('; ')})` : ''}`
}

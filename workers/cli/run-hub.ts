import { CommanderError } from 'commander'
import { asHubError, HubError } from '#core/errors/hub-error.ts'
import type { Answer, Call, CommandRow } from './command.ts'
import { failureText } from './failure.ts'
import { createHubAccess } from './hub-access.ts'
import { createProgram } from './program.ts'
import { COMMANDS, GROUPS } from './register.ts'
import type { World } from './world.ts'

/** Runs one command line; resolves with the exit code. */
export async function runHub(argv: readonly string[], world: World): Promise<number> {
  const hub = createHubAccess(world)
  let failed = false
  const help: string[] = []

  async function run(row: CommandRow, { args, options }: Pick<Call, 'args' | 'options'>): Promise<void> {
    const handle = await row.load()
    const answer = await handle({ args, options, hub, world })
    print(world, answer, options['json'] === true)
    failed = answer.failed === true
  }

  const program = createProgram({
    commands: COMMANDS,
    groups: GROUPS,
    run,
    out: world.out,
    err: text => help.push(text),
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return failed ? 1 : 0
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0
    // No command given: what commander wrote is the help.
    world.err(isHelp(thrown) ? help.join('') : failureText(failureOf(thrown)))
    return 1
  } finally {
    await hub.close()
  }
}

function print(world: World, { json, text }: Answer, asJson: boolean): void {
  if (asJson) world.out(`${JSON.stringify(json)}\n`)
  else if (text) world.out(text.endsWith('\n') ? text : `${text}\n`)
}

const isHelp = (thrown: unknown): boolean =>
  thrown instanceof CommanderError && thrown.code === 'commander.help'

/** What commander refuses is an input that is not valid, said in one sentence. */
function failureOf(thrown: unknown): HubError {
  if (!(thrown instanceof CommanderError)) return asHubError(thrown)
  const sentence = thrown.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')
  return new HubError('INPUT_INVALID', {
    detail: `${capital(sentence.replace(/\.$/, ''))}. See \`hub --help\`.`,
  })
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)

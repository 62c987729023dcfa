import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { partsOf } from '#workers/cli/program.ts'
import { COMMANDS, GROUPS } from '#workers/cli/register.ts'
import { runHub } from '#workers/cli/run-hub.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

let cli: CliWorld

beforeEach(() => {
  cli = cliWorld()
})

afterEach(() => cli.close())

describe('the command line', () => {
  it('helps on stdout and ends well', async () => {
    const { code, out, err } = await cli.hub('--help')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const group of Object.keys(GROUPS)) expect(out).toContain(group)
  })

  it('shows an example in the help of a command', async () => {
    expect((await cli.hub('keys create --help')).out).toContain('hub keys create --role operator')
  })

  it('helps on stderr and fails where a group is named without a command', async () => {
    const { code, out, err } = await cli.hub('connections')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('Makes a connection')
  })

  it.each([
    ['connections lst', /^INPUT_INVALID: .*Unknown command 'lst' \(Did you mean list\?\)/],
    ['nonsense', /^INPUT_INVALID: .*Unknown command 'nonsense'/],
    ['messages list --stat done', /^INPUT_INVALID: .*Unknown option '--stat' \(Did you mean --state\?\)/],
    ['keys create', /^INPUT_INVALID: .*Required option '--role <role>' not specified/],
    ['keys create --role king', /^INPUT_INVALID: .*king.*Allowed choices are admin/],
    ['messages list --limit none', /^INPUT_INVALID: .*whole number from 1/],
    ['messages show a b', /^INPUT_INVALID: .*Too many arguments/],
  ])('refuses `hub %s` in one sentence on stderr', async (line, sentence) => {
    const { code, out, err } = await cli.hub(line)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(sentence)
    expect(err).toContain('fix:')
  })

  it('says every problem of the configuration at its place, and each fix once', async () => {
    const yaml = 'tenants: [{ id: acme }]\nflows: [{ resource: order, from: [nobody], to: [erp] }]'
    const { code, err } = await cli.hub('config check', { yaml })
    expect(code).toBe(1)
    expect(err).toMatch(/^CONFIG_INVALID: The configuration is not valid\.\n {2}hub\.yaml:1:/)
    expect(err).toMatch(/hub\.yaml:2:.*— fix: /)
    expect(err).not.toContain('\n  fix:')
  })

  it('says what an unknown failure was, and fails', async () => {
    const err: string[] = []
    const world = {
      now: Date.now,
      width: 80,
      interrupted: () => new AbortController().signal,
      readStdin: async () => Buffer.of(),
      ask: null,
      out: () => undefined,
    }
    const broken = async () => {
      throw new HubError('STORE_VERSION')
    }
    expect(
      await runHub(['keys', 'list'], { ...world, loadConfig: broken, err: text => err.push(text) }),
    ).toBe(1)
    expect(err.join('')).toMatch(/^STORE_VERSION: .*\n {2}fix: Start the newer version\.\n$/)
  })

  it('shows the configuration in effect without a secret', async () => {
    const { out } = await cli.hub('config show')
    expect(out).toContain('acme-shopify')
    expect(out).not.toContain('declared-secret')
    expect((await cli.hub('config show --json')).json.connections).toHaveLength(1)
  })
})

describe('the register of commands', () => {
  it.each(COMMANDS.map(row => [row.usage, row] as const))(
    '`%s` has a function and a sentence',
    async (_, row) => {
      expect(await row.load()).toBeInstanceOf(Function)
      expect(row.summary).toMatch(/^[A-Z].*\.$/)
    },
  )

  it('names each command once, and each group', () => {
    const names = COMMANDS.map(({ usage }) => partsOf(usage).words.join(' '))
    expect(new Set(names).size).toBe(names.length)
    const groups = names.filter(name => name.includes(' ')).map(name => name.split(' ')[0]!)
    expect([...new Set(groups)].sort()).toEqual(Object.keys(GROUPS).sort())
  })
})

/**
 * The whole check in one command: types, lint, generated files, the dashboard's build, every test. Installs what the
 * suite needs where it may (root on Debian), says what it could not have, and ends with `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RedisServer } from '#test/support/redis-server.ts'

interface Count {
  passed: number
  failed: number
  skipped: number
}

const steps: [name: string, command: string, args: string[]][] = [
  ['types', 'tsc', ['--noEmit']],
  ['dashboard types', 'tsc', ['--noEmit', '-p', 'workers/web/dashboard']],
  ['lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['generated files', process.execPath, ['scripts/generate.ts', '--check']],
  ['dashboard build', 'vite', ['build', 'workers/web/dashboard', '--logLevel', 'warn']],
]

const installed = (program: string): boolean => spawnSync('which', [program]).status === 0

function install(program: string, without: string): void {
  if (installed(program)) return
  if (process.getuid?.() === 0 && installed('apt-get')) {
    console.log(`· installing ${program}`)
    spawnSync('apt-get', ['update', '-qq'])
    spawnSync('apt-get', ['install', '-y', '-qq', program], {
      env: { PATH: process.env['PATH'], DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  if (!installed(program)) console.log(`· no ${program} here: ${without} are skipped`)
}

/** A Redis for this run, where none is named. */
async function startRedis(): Promise<RedisServer | null> {
  if (process.env['REDIS_URL'] || !installed('redis-server')) return null
  const redis = await RedisServer.started()
  process.env['REDIS_URL'] = redis.url
  return redis
}

function runStep([name, command, args]: (typeof steps)[number]): boolean {
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: false })
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1_000).toFixed(1)} s)`)
  return status === 0
}

function runTests(): Count {
  const report = join(mkdtempSync(join(tmpdir(), 'crossdock-verify-')), 'jest.json')
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
  ]
  spawnSync(process.execPath, [...jest, '--json', `--outputFile=${report}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const result = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
  return {
    passed: result['numPassedTests'] ?? 0,
    failed: (result['numFailedTests'] ?? 0) + (result['numRuntimeErrorTestSuites'] ?? 0),
    skipped: (result['numPendingTests'] ?? 0) + (result['numTodoTests'] ?? 0),
  }
}

if (!installed('google-chrome')) install('chromium', 'the browser tests')
if (!process.env['REDIS_URL']) install('redis-server', 'the tests on Redis')
const redis = await startRedis()
if (!process.env['MONGODB_URL']) console.log('· no MONGODB_URL: the tests of the MongoDB store are skipped')
const good = steps.map(runStep)
const tests = runTests()
await redis?.end()
const passed = tests.passed + good.filter(ok => ok).length
const failed = tests.failed + good.filter(ok => !ok).length
console.log(`${passed} passed, ${failed} failed, ${tests.skipped} skipped`)
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1

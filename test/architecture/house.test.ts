import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { generatedFiles } from '../../scripts/generate.ts'
import { importsOf, sourceFiles } from '../support/source-files.ts'

const read = (path: string): string => readFileSync(path, 'utf8')

const isData = (path: string): boolean =>
  /\.gen\.ts$|\/register\.ts$|^core\/contracts\/records\.ts$/.test(path)

describe('the house', () => {
  it('reads the environment in config only', () => {
    const readers = sourceFiles().filter(
      path => !/^(config|test|scripts)\//.test(path) && read(path).includes('process.env'),
    )
    expect(readers).toEqual([])
  })

  it('has a short README in every folder of core, connectors, workers, config, mappings and test', () => {
    const folders = new Set(
      sourceFiles()
        .map(path => path.split('/').slice(0, 2).join('/'))
        .filter(path => !path.endsWith('.ts')),
    )
    const missing = [...folders, 'config'].filter(folder => !existsSync(`${folder}/README.md`))
    expect(missing).toEqual([])
    const long = globSync('{config,core,connectors,mappings,workers,test}/**/README.md', {
      exclude: path => path.includes('node_modules'),
    })
      .filter(path => !path.startsWith('connectors/') || path.split('/').length < 4)
      .filter(path => read(path).trimEnd().split('\n').length > 40)
    expect(long).toEqual([])
  })

  it('names files in kebab-case', () => {
    const odd = sourceFiles().filter(
      path => !/^[a-z0-9]+([-.][a-z0-9]+)*\.ts$/.test(path.split('/').at(-1) ?? ''),
    )
    expect(odd).toEqual([])
  })

  it('keeps files under 300 lines, but for registers, which are data, and the records of the store, which are types', () => {
    const long = sourceFiles().filter(path => !isData(path) && read(path).split('\n').length > 301)
    expect(long).toEqual([])
  })

  it('has generated files equal to what their registers say', async () => {
    for (const [path, text] of Object.entries(await generatedFiles()))
      expect({ path, text: read(path) }).toEqual({ path, text })
  })

  it('imports only packages that package.json names, and names none that nothing imports', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >
    const imported = new Set(
      sourceFiles()
        .flatMap(importsOf)
        .filter(edge => !edge.own && !edge.to.startsWith('node:'))
        .map(edge => edge.to),
    )
    const named = { ...dependencies, ...devDependencies }
    expect([...imported].filter(name => !(name in named) && !(`@types/${name}` in named))).toEqual([])
  })

  it('has no download address in the lock file', () =>
    expect(read('package-lock.json')).not.toContain('"resolved"'))

  it('gives every driver of store and queue its conformance test', () => {
    const drivers = globSync('core/{store,queue}/*/README.md').map(dirname)
    const tests = drivers.map(path =>
      path.replace('core/', 'test/conformance/').replace(/\/([^/]+)$/, '.$1.test.ts'),
    )
    expect(tests.filter(path => !existsSync(path))).toEqual([])
  })
})

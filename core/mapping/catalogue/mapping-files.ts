import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { MappingFile } from '../../contracts/mapper.ts'

/** A mapping or an overlay with the test file beside it. */
export interface LayerFile extends MappingFile {
  /** Empty where there is none. */
  cases: string
}

const LAYER = /\.(?:map|overlay)\.yaml$/

/** Every `*.map.yaml` and `*.overlay.yaml` of a folder, each with its cases; paths from the folder, in their order. */
export async function readLayerFiles(dir: string): Promise<LayerFile[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter(entry => entry.isFile() && LAYER.test(entry.name))
    .map(entry => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
  return Promise.all(paths.sort().map(path => readLayer(dir, path)))
}

async function readLayer(dir: string, path: string): Promise<LayerFile> {
  const [text, cases] = await Promise.all([
    readFile(join(dir, path), 'utf8'),
    readFile(join(dir, casesPathOf(path)), 'utf8').catch(absent),
  ])
  return { path, text, cases }
}

/** `order.test.yaml` stands beside `order.map.yaml`, `x.overlay.test.yaml` beside `x.overlay.yaml`. */
export const casesPathOf = (path: string): string => path.replace(/(?:\.map)?\.yaml$/, '.test.yaml')

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}

import { CONNECTORS } from '#connectors/registry.ts'
import { fileSchemas } from '#core/mapping/file-schema/file-schemas.ts'
import { loadSchemas } from '#core/mapping/load.ts'

/** Path → text: the schemas that editors check mapping files with. */
export async function generateFileSchemas(): Promise<Record<string, string>> {
  const documents = Object.entries(await loadSchemas('mappings'))
    .filter(([, schema]) => schema['type'] === 'object')
    .map(([name]) => name)
  const connectors = CONNECTORS.map(({ manifest }) => manifest.id)
  const schemas = fileSchemas({ connectors, documents })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [`mappings/${name}`, formatted(schema)]),
  )
}

const WIDTH = 110
const PLAIN_LIST = /^( *(?:"[^"\n]*": )?)\[\n([^[\]{}]*?)\n *\](,?)$/gm

/** As the formatter of the project writes JSON: a list of plain values stands in one line where it fits. */
const formatted = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replaceAll(
    PLAIN_LIST,
    (list: string, before: string, items: string, comma: string) => {
      const line = `${before}[${items.trim().replaceAll(/,\n\s*/g, ', ')}]${comma}`
      return line.length <= WIDTH ? line : list
    },
  )}\n`

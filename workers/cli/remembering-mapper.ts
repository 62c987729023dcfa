import type { CompileResult } from '#core/contracts/mapper.ts'
import { createMapper, type DescribingMapper, type MapperOptions } from '#core/mapping/mapper.ts'

/** Makes mappers for whoever opens the same folder over and over: only what changed since is compiled again. */
export function rememberingMapper(): (options: MapperOptions) => DescribingMapper {
  let known: { schemas: string; mapper: DescribingMapper } | null = null
  return options => {
    const schemas = JSON.stringify(options)
    if (known?.schemas !== schemas) known = { schemas, mapper: remembering(createMapper(options)) }
    return known.mapper
  }
}

/** Keeps the last result of each stack of files. */
function remembering(mapper: DescribingMapper): DescribingMapper {
  const last = new Map<string, { texts: string; result: CompileResult }>()
  return {
    ...mapper,
    compile(file, overlays = []) {
      const stack = [file, ...overlays]
      const paths = stack.map(({ path }) => path).join('\n')
      const texts = JSON.stringify(stack)
      const known = last.get(paths)
      if (known?.texts === texts) return known.result
      const result = mapper.compile(file, overlays)
      last.set(paths, { texts, result })
      return result
    },
  }
}

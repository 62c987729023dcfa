import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Mapper, Plan, Problem } from '../contracts/mapper.ts'

export { loadAllSchemas, loadSchemas, readSchemas } from './load-schemas.ts'

export interface LoadedMappings {
  plans: Plan[]
  problems: Problem[]
  /** `<connector> <topic>` → plan of what comes in. */
  byTopic: Map<string, Plan>
  /** Plan id → plan of what goes out. */
  outgoing: Map<string, Plan>
}

/** Compiles every `*.map.yaml` of a mappings folder, or those that are wanted; all problems of all of them at once. */
export async function loadMappings(
  dir: string,
  mapper: Mapper,
  isWanted: (file: string) => boolean = () => true,
): Promise<LoadedMappings> {
  const loaded: LoadedMappings = { plans: [], problems: [], byTopic: new Map(), outgoing: new Map() }
  for (const file of (await mappingFiles(dir)).filter(isWanted)) {
    const { plan, problems } = mapper.compile({ path: file, text: await readFile(join(dir, file), 'utf8') })
    loaded.problems.push(...problems)
    if (plan) register(plan, file, loaded)
  }
  return loaded
}

async function mappingFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile() && entry.name.endsWith('.map.yaml'))
  return files.map(entry => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/')).sort()
}

function register(plan: Plan, file: string, { plans, problems, byTopic, outgoing }: LoadedMappings): void {
  plans.push(plan)
  if (plan.target === null) outgoing.set(plan.id, plan)
  for (const topic of plan.target === null ? [] : plan.topics) {
    const key = `${plan.connector} ${topic}`
    const other = byTopic.get(key)
    if (other)
      problems.push({
        code: 'TOPIC_TAKEN',
        severity: 'error',
        file,
        line: 1,
        column: 1,
        message: `Topic \`${topic}\` of ${plan.connector} is mapped by ${other.id} too.`,
      })
    else byTopic.set(key, plan)
  }
}

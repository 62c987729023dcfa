import { VARIABLES } from './environment.ts'
import { formatPath, type Path } from './problems.ts'
import type { YamlSource } from './read-yaml.ts'
import type { Environment } from './references.ts'

/** Where a setting was given: the variable that wins, else the place in the file, else its name. */
export function createLocate(env: Environment, file: YamlSource | null): (path: Path) => string {
  return path => {
    const variable = VARIABLES.get(String(path[0]))
    if (variable !== undefined && env[variable] !== undefined) return variable
    return file ? file.locate(path) : formatPath(path)
  }
}

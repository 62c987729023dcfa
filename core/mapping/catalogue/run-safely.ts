import type { Mapper, Plan } from '../../contracts/mapper.ts'
import { type CaseResult, type ReadFile, runCases } from '../cases.ts'

/** A test file, with the path that its inputs are found from. */
export interface CaseFile {
  path: string
  text: string
}

/** Runs a test file that people wrote; one that cannot be read is a failed case too. */
export function runSafely(
  { mapper, plan, readCase }: { mapper: Mapper; plan: Plan; readCase: ReadFile },
  file: CaseFile,
): CaseResult[] {
  try {
    return runCases(mapper, plan, file, readCase)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [{ name: file.path, ok: false, differences: [`The cases cannot be run: ${reason}`] }]
  }
}

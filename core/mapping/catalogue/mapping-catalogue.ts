import type { CompileResult, MappingFile, Plan, Problem } from '../../contracts/mapper.ts'
import type { MappingScope, PublishedMapping } from '../../contracts/store.ts'
import type { DescribingMapper } from '../mapper.ts'

/** Whose mappings are asked for. */
export interface ConnectionScope {
  id: string
  tenant: string
  connector: string
}

/** For whom a mapping is asked: a connection; whom a scope names; everybody, where nothing is given. */
export type Audience = Partial<Pick<ConnectionScope, 'id' | 'tenant'>>

/** One file that takes part in a mapping, with whom it is for. */
export interface Layer {
  scope: MappingScope
  file: MappingFile
  /** Null for a file that is shipped or declared in the configuration. */
  published: PublishedMapping | null
  /** The test file that belongs to it; empty where there is none. */
  cases: string
}

/** A change that is thought through before it is made. */
export interface MappingChange {
  mapping: string
  scope: MappingScope
  /** What would be published; null: from here on nothing published applies in this scope. */
  file: MappingFile | null
}

/**
 * Which mapping holds for whom: the shipped file, then what is for everybody, for the tenant and for the connection,
 * each first from files, then as published. A layer without `extends` starts over; one with it is laid over what is below.
 * Compiles once per distinct stack of layers; answers without waiting.
 */
export interface MappingCatalogue {
  readonly mapper: DescribingMapper
  /** Of the mappings that there are for everybody, in order; compiles none. */
  ids(): readonly string[]
  /** As they hold for everybody, of one connector or of all: those that compile. */
  plans(connector?: string): readonly Plan[]
  /** Throws `MAPPING_BROKEN` where what holds for this connection does not compile, so that its messages are kept. */
  planFor(connection: ConnectionScope, topic: string): Plan | undefined
  /** An outgoing mapping by id, as it holds for this destination; throws like `planFor`. */
  outgoing(destination: ConnectionScope, id: string): Plan | undefined
  /** The layers of a mapping as they hold for a connection, or for everybody; lowest first. Empty: there is no such mapping. */
  layers(mapping: string, audience?: Audience): readonly Layer[]
  /** A mapping with its problems as it holds for a connection, or for everybody; null: there is no such mapping. */
  compiled(mapping: string, audience?: Audience): CompileResult | null
  /**
   * Compiles a mapping with `file` in the place of its scope's published layer (the scope is the file's own `for`):
   * what would hold if it were published. Used to check, to try and for shadow runs; changes nothing. Without an
   * audience: for whom the file is. A file that is not for this audience leaves what holds there.
   */
  compileWith(mapping: string, file: MappingFile, audience?: Audience): CompileResult
  /** As `compileWith`, with the layers; null stands for nothing published in the scope. */
  stackWith(change: MappingChange, audience?: Audience): { layers: readonly Layer[]; result: CompileResult }
  /**
   * Compiles what these connections use and every mapping with layers above the shipped file; without connections,
   * everything. All problems of all of it.
   */
  check(connections?: readonly ConnectionScope[]): readonly Problem[]
  /** Takes over what was published since; cheap when nothing was. */
  refresh(): Promise<void>
}

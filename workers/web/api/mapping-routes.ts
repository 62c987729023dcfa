import { clearDrift } from './handlers/clear-drift.ts'
import { getCoverage } from './handlers/get-coverage.ts'
import { getMapping } from './handlers/get-mapping.ts'
import { getTables } from './handlers/get-tables.ts'
import { listDrift } from './handlers/list-drift.ts'
import { listMappingVersions } from './handlers/list-mapping-versions.ts'
import { listMappings } from './handlers/list-mappings.ts'
import { patchTable } from './handlers/patch-table.ts'
import { publishMapping } from './handlers/publish-mapping.ts'
import { replayMapping } from './handlers/replay-mapping.ts'
import { rollbackMapping } from './handlers/rollback-mapping.ts'
import { shadowMapping } from './handlers/shadow-mapping.ts'
import { tryMapping } from './handlers/try-mapping.ts'
import type { Route } from './route.ts'
import { row } from './row.ts'
import * as schemas from './schemas.ts'

const { list, object, text } = schemas

/** The part of the register that is about mappings and the traffic they read. */
export const MAPPING_ROUTES: readonly Route[] = [
  row('GET /mappings', 'read', 'Mappings as they hold for everybody.', {
    handler: listMappings,
    query: list({ connector: text }),
    answer: 'page',
  }),
  row(
    'GET /mappings/:id',
    'read',
    'One mapping as it holds for everybody or for a connection: files and lineage.',
    {
      handler: getMapping,
      query: object({ connection: text }),
    },
  ),
  row('GET /mappings/:id/versions', 'read', 'What was published, newest first.', {
    handler: listMappingVersions,
    query: list({ scope: schemas.mappingScope }),
    answer: 'page',
  }),
  row(
    'POST /mappings/:id/versions',
    'mappings',
    'Publishes a mapping or an overlay; refused while cases fail.',
    {
      handler: publishMapping,
      body: schemas.publication,
      status: 201,
    },
  ),
  row(
    'POST /mappings/:id/rollback',
    'mappings',
    'Publishes an earlier number once more; 0: nothing published holds.',
    {
      handler: rollbackMapping,
      body: schemas.rollBack,
    },
  ),
  row(
    'POST /mappings/:id/try',
    'read',
    'Maps one message, stored or given, and tells where each value came from.',
    {
      handler: tryMapping,
      body: schemas.trial,
      large: true,
    },
  ),
  row(
    'POST /mappings/:id/shadow',
    'read-payload',
    'Which documents a changed mapping would change; writes nothing.',
    {
      handler: shadowMapping,
      body: schemas.shadowRun,
    },
  ),
  row(
    'POST /mappings/:id/replay',
    'replay',
    'Translates the messages of a time again, with what holds now.',
    {
      handler: replayMapping,
      body: schemas.replayedRange,
    },
  ),
  row(
    'GET /mappings/:id/tables',
    'read',
    'Tables that can be extended, with what was added per connection.',
    { handler: getTables },
  ),
  row('PATCH /mappings/:id/tables', 'mappings', 'Adds, changes or takes away an entry for one connection.', {
    handler: patchTable,
    body: schemas.tableEdit,
  }),
  row('GET /mappings/:id/coverage', 'read', 'Which fields of its newest messages the mapping reads.', {
    handler: getCoverage,
    query: object({ last: schemas.coverageLast, connection: text }),
  }),
  row('GET /drift', 'read', 'How live payloads differ from the declared schemas, newest seen first.', {
    handler: listDrift,
    query: list({ tenant: text, ...schemas.driftFilter }),
    answer: 'page',
  }),
  row('DELETE /drift', 'mappings', 'Forgets what matches; what is seen again is new again.', {
    handler: clearDrift,
    query: object({ ...schemas.driftFilter, pointer: text }),
  }),
]

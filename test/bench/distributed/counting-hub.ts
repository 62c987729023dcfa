/** The hub of the bench, counting what it asks MongoDB: `commands` answers with the counts by collection and command. */
import { type CommandStartedEvent, MongoClient } from 'mongodb'

const counts: Record<string, number> = {}

function count({ commandName, command }: CommandStartedEvent): void {
  const name = `${command[commandName]}.${commandName}`
  counts[name] = (counts[name] ?? 0) + 1
}

// The store makes its client itself, and nobody but this bench wants to listen to it.
const { connect } = MongoClient.prototype
MongoClient.prototype.connect = function (this: MongoClient) {
  if (this.listenerCount('commandStarted') === 0) this.on('commandStarted', count)
  return connect.call(this)
}

process.on('message', word => word === 'commands' && process.send?.(counts))

await import('../end-to-end-hub.ts')

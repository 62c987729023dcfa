import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'
import { redact } from './redact.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** The part of pino that the hub uses. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/**
 * One JSON object a line. Fields whose names say that they hold a secret or personal data are hidden at any depth:
 * pino's own `redact` reaches fixed depths only and costs twenty times the line.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: labelled, log: redact },
  }
  return pino(options, destination ?? toStdout())
}

let standard: DestinationStream | undefined

const toStdout = (): DestinationStream => {
  standard ??= whileRead(process.stdout)
  return standard
}

/**
 * Not pino's own destination: when nobody reads its pipe any more, it tries for ever as the process ends, which then
 * never does.
 */
export function whileRead(stream: NodeJS.WritableStream): DestinationStream {
  let read = true
  stream.on('error', () => {
    read = false
  })
  return { write: line => void (read && stream.write(line)) }
}

const labelled = (label: string) => ({ level: label })

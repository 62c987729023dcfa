import pkg from '../package.json' with { type: 'json' }

/** Of this build, for metrics and the command line. */
export const { version } = pkg

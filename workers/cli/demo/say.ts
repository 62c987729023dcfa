/** On stdout, for people; with `--exit` the last line is for programs. */
export const say = (text: string): boolean => process.stdout.write(`${text}\n`)

/** Whoever asks while the answer is being read is given the same one: what is asked often is read once at a time. */
export function sharedCall<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= read().finally(() => {
      running = undefined
    })
    return running
  }
}

import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { messageOf } from '../api/client.ts'
import { Notice } from './notice.tsx'
import { Skeleton } from './panel.tsx'

/** A component whose code is fetched when it is first shown. `load` is a constant: a dynamic import. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>) {
  let loaded: ComponentType<P> | null = null
  return function Lazy(props: P) {
    const [state, setState] = useState<{ error: string | null; ready: boolean }>({
      error: null,
      ready: false,
    })
    useEffect(() => {
      if (loaded) return
      load().then(
        component => {
          loaded = component
          setState({ error: null, ready: true })
        },
        error => setState({ error: messageOf(error), ready: false }),
      )
    }, [])
    if (loaded) return <Loaded is={loaded} props={props} />
    if (!state.error) return <Skeleton lines={8} height={22} />
    return (
      <Notice tone="bad" title="This part of the page could not be loaded.">
        Reload the page: the hub may have been updated meanwhile.
      </Notice>
    )
  }
}

const Loaded = <P extends object>({ is: Component, props }: { is: ComponentType<P>; props: P }) => (
  <Component {...props} />
)

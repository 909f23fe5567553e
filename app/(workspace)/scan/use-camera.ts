import { useCallback, useEffect, useRef, useState } from 'react'
import { type Camera, type CameraProblem, openCamera } from '@/lib/device/scan/camera.ts'
import { openFinder } from '@/lib/device/scan/find-codes.ts'
import { watchCodes } from '@/lib/device/scan/watch.ts'

/** Without a code for this long, typing is offered louder; the camera goes on looking for ever. */
const LATE = 30_000

/** `no-reader`: there is a picture, and the script that reads it did not come. */
type CameraState = 'starting' | 'looking' | 'no-reader' | CameraProblem
type Watching = { onCodes: (texts: readonly string[]) => void; onLate: () => void; isResting: boolean }

/** The camera while this page is open and in sight: paused with the tab, let go when the page is left, opened again when it comes back. */
export function useCamera({ onCodes, onLate, isResting }: Watching) {
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef({ onCodes, onLate, isResting })
  const [state, setState] = useState<CameraState>('starting')
  const [camera, setCamera] = useState<Camera>()
  const [isLit, setLit] = useState(false)
  const [tries, setTries] = useState(0)
  latest.current = { onCodes, onLate, isResting }

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try opens the camera anew
  useEffect(() => {
    let isOver = false
    let opened: Camera | undefined
    setState('starting')
    setLit(false)
    const end = () => {
      if (!isOver) setState('in-use')
    }
    void openCamera(end).then(answer => {
      if (typeof answer === 'string') return isOver || setState(answer)
      opened = answer
      if (isOver) answer.close()
      else setCamera(answer)
    })
    return () => {
      isOver = true
      opened?.close()
      setCamera(undefined)
    }
  }, [tries])

  useEffect(() => {
    const shown = video.current
    if (!camera || !shown) return
    let stop = () => {}
    let isOver = false
    shown.srcObject = camera.stream
    const late = setTimeout(() => latest.current.onLate(), LATE)
    void Promise.all([openFinder(), shown.play().catch(() => {})]).then(([find]) => {
      if (isOver) return
      if (!find) return setState('no-reader')
      setState('looking')
      stop = watchCodes({
        video: shown,
        find,
        onCodes: texts => {
          if (!latest.current.isResting) latest.current.onCodes(texts)
        },
      })
    })
    return () => {
      isOver = true
      clearTimeout(late)
      stop()
      shown.srcObject = null
    }
  }, [camera])

  useEffect(() => {
    const seen = () => camera?.pause(document.hidden)
    const left = () => camera?.close()
    const back = (event: PageTransitionEvent) => {
      if (event.persisted) setTries(count => count + 1)
    }
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('pagehide', left)
    window.addEventListener('pageshow', back)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener('pagehide', left)
      window.removeEventListener('pageshow', back)
    }
  }, [camera])

  const start = useCallback(() => setTries(count => count + 1), [])
  const switchLamp = async () => {
    if (await camera?.lamp(!isLit)) setLit(!isLit)
  }
  return { video, state, hasLamp: camera?.hasLamp ?? false, isLit, switchLamp, start }
}

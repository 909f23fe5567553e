import type { FindCodes } from './find-codes.ts'

/** Rest between two looks, milliseconds: a phone must stay cool, and a hand does not move faster. */
const REST = 100

/**
 * Looks at the video's picture again and again and tells what codes are in it, as long as it takes: there is no time after which it gives up. A
 * code is told together with whatever the next look adds, so that two labels side by side are seen as two. Ends when the answer is called.
 */
export function watchCodes(args: {
  video: HTMLVideoElement
  find: FindCodes
  onCodes: (texts: readonly string[]) => void
}): () => void {
  const { video, find, onCodes } = args
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let before: readonly string[] = []

  const look = async () => {
    const hasPicture = !document.hidden && video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0
    const seen = hasPicture ? await find(video).catch(() => []) : []
    if (isOver) return
    const together = [...new Set([...before, ...seen])]
    if (before.length > 0) onCodes(together)
    before = before.length > 0 ? [] : together
    if (!isOver) timer = setTimeout(again, REST)
  }
  const again = () => void look()
  again()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}

/** Tells hand and ear that something was read; a device that can do neither stays quiet. */
export function signalRead(): void {
  navigator.vibrate?.(80)
  try {
    const context = new AudioContext()
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = 1046
    volume.gain.value = 0.15
    tone.connect(volume).connect(context.destination)
    tone.start()
    tone.stop(context.currentTime + 0.09)
  } catch {
    // No sound here.
  }
}

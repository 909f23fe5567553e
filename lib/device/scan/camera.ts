/** Why there is no picture. `insecure`: browsers give the camera to https and localhost alone. */
export type CameraProblem = 'insecure' | 'unsupported' | 'denied' | 'absent' | 'in-use'

/** An open camera. Whoever opened it closes it: its light stays on until then. */
export interface Camera {
  readonly stream: MediaStream
  /** Whether it has a lamp that this page may switch. */
  readonly hasLamp: boolean
  /** Switches the lamp; false where it did not obey. */
  lamp(isOn: boolean): Promise<boolean>
  /** While paused it sends black and most devices put its light out; the permission stays. */
  pause(isPaused: boolean): void
  close(): void
}

// Not in TypeScript's DOM: the torch of the Image Capture extensions.
type LampCapabilities = MediaTrackCapabilities & { readonly torch?: boolean }
type LampConstraint = MediaTrackConstraintSet & { readonly torch: boolean }

/** Asks for the camera at the back, or whichever there is. `onEnd`: another program took it, or it was unplugged. */
export async function openCamera(onEnd: () => void): Promise<Camera | CameraProblem> {
  if (!window.isSecureContext) return 'insecure'
  if (!navigator.mediaDevices?.getUserMedia) return 'unsupported'
  const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }
  try {
    return cameraOf(await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted }), onEnd)
  } catch (error) {
    return problemOf(error)
  }
}

function cameraOf(stream: MediaStream, onEnd: () => void): Camera {
  const [track] = stream.getVideoTracks()
  track?.addEventListener('ended', onEnd)
  const capabilities: LampCapabilities | undefined = track?.getCapabilities?.()
  return {
    stream,
    hasLamp: capabilities?.torch === true,
    async lamp(isOn) {
      const lamp: LampConstraint = { torch: isOn }
      try {
        await track?.applyConstraints({ advanced: [lamp] })
        return true
      } catch {
        return false
      }
    },
    pause(isPaused) {
      if (track) track.enabled = !isPaused
    },
    close() {
      track?.removeEventListener('ended', onEnd)
      for (const each of stream.getTracks()) each.stop()
    },
  }
}

/** The names are those of the Media Capture specification's `getUserMedia`. */
function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent'
  return name === 'TypeError' || name === 'NotSupportedError' ? 'unsupported' : 'in-use'
}

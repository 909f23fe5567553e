/** The texts of all QR codes in the picture that the video shows now; none where it shows none. */
export type FindCodes = (video: HTMLVideoElement) => Promise<readonly string[]>

// The Shape Detection API, which TypeScript's DOM does not have yet.
interface NativeDetector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
interface NativeDetectorClass {
  new (options: { formats: readonly string[] }): NativeDetector
  getSupportedFormats(): Promise<readonly string[]>
}

/** The browser's own reader where it has one for QR codes, else ours, which is only then loaded; undefined where that cannot be. */
export async function openFinder(): Promise<FindCodes | undefined> {
  return (await nativeFinder()) ?? (await ownFinder().catch(() => undefined))
}

async function nativeFinder(): Promise<FindCodes | undefined> {
  const Detector = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector
  try {
    // Some systems have the class and nothing behind it: then there is no format, or the first look throws.
    if (!Detector || !(await Detector.getSupportedFormats()).includes('qr_code')) return undefined
    const detector = new Detector({ formats: ['qr_code'] })
    await detector.detect(document.createElement('video')).catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error
    })
    return async video => (await detector.detect(video)).map(code => code.rawValue)
  } catch {
    return undefined
  }
}

async function ownFinder(): Promise<FindCodes> {
  const { QRCanvas } = await import('qr/dom.js')
  const canvas = new QRCanvas({}, { decodeAll: true, cropToSquare: false })
  return async video => {
    const results = await canvas.drawImage(video, video.videoHeight, video.videoWidth)
    return Array.isArray(results) ? results.filter(result => typeof result === 'string') : []
  }
}

/** What the operator must read although nothing stopped. */
export function warn(text: string): void {
  console.error(`WARNING: ${text}`)
}

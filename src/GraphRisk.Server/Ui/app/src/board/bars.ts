/** A bar from nought to its value between two ends of an axis, in hundredths of its length; its value is written at its end. */
export function barOf(value: number | null, low: number, high: number): { left: number; width: number; end: number } {
  const place = (at: number) => ((at - low) / (high - low || 1)) * 100;
  const [from, to] = [place(Math.min(value ?? 0, 0)), place(Math.max(value ?? 0, 0))];
  return { left: from, width: to - from, end: to };
}

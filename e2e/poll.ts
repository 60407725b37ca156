/**
 * Asks again and again until the answer is as wished. @returns that answer, or the last one when so many milliseconds have
 * passed; without a limit the test's own time-out ends it.
 */
export async function pollUntil<T>(
  ask: () => Promise<T>,
  isWished: (answer: T) => boolean,
  milliseconds = Number.POSITIVE_INFINITY,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (isWished(answer) || Date.now() > end) return answer;
    await new Promise((done) => setTimeout(done, 25));
  }
}

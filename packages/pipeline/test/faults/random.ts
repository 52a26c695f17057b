/** Numbers from 0 to 1, the same for the same seed. */
export type Random = () => number;

/** A counter, mixed as MurmurHash3 mixes its last word: seeds that follow each other give numbers that do not. */
export function randomFrom(seed: number): Random {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e37_79b9) >>> 0;
    let word = counter;
    word = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2_ae35);
    return ((word ^ (word >>> 16)) >>> 0) / 2 ** 32;
  };
}

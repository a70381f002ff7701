// The order of functions in which a program compresses best: those that are alike lie side by side, where the compression
// finds them. 3 % less than sorted by their names (docs/size-budget.md).

/** Two pieces of code are as much alike as they have runs of so many bytes in common. */
const RUN = 4;
/** Runs that more functions have say nothing about any of them. */
const MOST_SHARED = 1000;
/** The next is like the last one, somewhat less like the one before, and so on. */
const WEIGHTS = [1, 0.6, 0.36, 0.216];

function runsOf(code) {
  const runs = new Set();
  for (let at = 0; at + RUN <= code.length; at++) runs.add(code.readUInt32LE(at));
  return [...runs];
}

/** For each place the index of the function that comes there. The same codes always give the same order. */
export function alikeSideBySide(codes) {
  const runs = codes.map(runsOf);
  const having = new Map();
  runs.forEach((list, index) => {
    for (const run of list) {
      if (!having.has(run)) having.set(run, []);
      having.get(run).push(index);
    }
  });
  const others = runs.map((list) => list.map((run) => having.get(run)).filter(({ length }) => length > 1 && length <= MOST_SHARED));
  const largestFirst = [...codes.keys()].sort((a, b) => codes[b].length - codes[a].length || a - b);
  const left = new Set(largestFirst);
  const likeness = new Float64Array(codes.length);

  const mostAlike = (placed) => {
    likeness.fill(0);
    WEIGHTS.slice(0, placed.length).forEach((weight, back) => {
      for (const list of others[placed.at(-1 - back)]) for (const index of list) likeness[index] += weight;
    });
    let [best, most] = [null, 0];
    for (const index of left) {
      // A large function has something in common with everybody.
      const share = likeness[index] / (20 + runs[index].length) ** 0.7;
      if (share > most) [best, most] = [index, share];
    }
    return best;
  };

  const placed = [];
  while (left.size > 0) {
    const next = mostAlike(placed) ?? left.values().next().value;
    placed.push(next);
    left.delete(next);
  }
  return placed;
}

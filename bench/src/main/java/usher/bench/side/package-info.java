/// The side-by-side runner: starts the servers one after the other, measures each beside its
/// baseline, and writes the report.
@NullMarked
package usher.bench.side;

import org.jspecify.annotations.NullMarked;

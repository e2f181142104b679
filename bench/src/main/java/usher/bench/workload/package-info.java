/// What the servers are put through, who takes part, and the targets that the outcome is held
/// against, all as data.
@NullMarked
package usher.bench.workload;

import org.jspecify.annotations.NullMarked;

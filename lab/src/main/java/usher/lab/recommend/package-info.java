/// Which model fits, by rules that are written down in `docs/guide/recommendation.md`, with
/// reasons, the margin, and what would change it.
///
/// Pure: no process, socket, thread or clock.
@NullMarked
package usher.lab.recommend;

import org.jspecify.annotations.NullMarked;

/// What the load generator sends, when, and how it judges what comes back: pure, without a socket,
/// a thread or a clock.
@NullMarked
package usher.lab.load.wire;

import org.jspecify.annotations.NullMarked;

/// Echoes of datagrams, side by side with a loop in C.
@NullMarked
package usher.bench.datagrams;

import org.jspecify.annotations.NullMarked;

/// What is read off a running server: its CPU time and memory from `/proc`, its heap from `jcmd`,
/// the rate and latency that `wrk` reports, and the connections that are held open meanwhile. Linux
/// only.
@NullMarked
package usher.bench.measure;

import org.jspecify.annotations.NullMarked;

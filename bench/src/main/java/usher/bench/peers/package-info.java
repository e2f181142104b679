/// Other servers, each as the smallest program that answers every request with the same small text.
/// Each takes one argument, the port to listen on at 127.0.0.1, and runs until it is killed.
@NullMarked
package usher.bench.peers;

import org.jspecify.annotations.NullMarked;

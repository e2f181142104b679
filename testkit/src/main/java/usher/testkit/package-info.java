/// What every test needs: a clock that is moved by hand, seeded input, cuts of input, bounded waits
/// and leak counts. Nothing here knows of sessions, sockets or a test framework.
@NullMarked
package usher.testkit;

import org.jspecify.annotations.NullMarked;

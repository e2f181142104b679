/// Fuzz tests with a crisp oracle: whatever the bytes, only a protocol error may escape a session.
@NullMarked
package usher.fuzz;

import org.jspecify.annotations.NullMarked;

/// The system's log as lines for a person, on standard error.
@NullMarked
package usher.cli.log;

import org.jspecify.annotations.NullMarked;

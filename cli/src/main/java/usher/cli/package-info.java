/// The `usher` command.
@NullMarked
package usher.cli;

import org.jspecify.annotations.NullMarked;

/// What every command needs to talk with a person: the terminal, failures as one clear line, and
/// quantities as people write them.
@NullMarked
package usher.cli.console;

import org.jspecify.annotations.NullMarked;

/// What the commands that serve have in common: their options, the line that says where they serve,
/// what can go wrong on the way there, and a polite end.
@NullMarked
package usher.cli.serving;

import org.jspecify.annotations.NullMarked;

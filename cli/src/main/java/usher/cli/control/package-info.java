/// Administration of a running server over a Unix socket that only its owner can open: the server's
/// side, the client's side, and what a person sees.
@NullMarked
package usher.cli.control;

import org.jspecify.annotations.NullMarked;

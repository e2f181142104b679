/// The servers that are measured side by side, as data: what each is called and the exact command
/// that starts it.
@NullMarked
package usher.bench.contender;

import org.jspecify.annotations.NullMarked;

/// `usher lab`: its options, and what is shown while it runs.
@NullMarked
package usher.cli.lab;

import org.jspecify.annotations.NullMarked;

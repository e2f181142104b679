/// A network in memory behind the JDK's own channel types, so that drivers written for sockets run
/// over it unchanged, and faults can be had by seed.
@NullMarked
package usher.testkit.memory;

import org.jspecify.annotations.NullMarked;
